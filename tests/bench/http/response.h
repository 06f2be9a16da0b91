/* SPDX-License-Identifier: MIT
 * What each of the servers answers to every request: a page that says hello. */
#ifndef RESPONSE_H
#define RESPONSE_H

static const char response[] = "HTTP/1.1 200 OK\r\n"
                               "Content-Type: text/plain\r\n"
                               "Content-Length: 13\r\n"
                               "\r\n"
                               "Hello, world\n";

enum {
    ANSWER = sizeof response - 1,
    ROOM = 4096 /* for a request */
};

#endif
