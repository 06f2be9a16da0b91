/* SPDX-License-Identifier: MIT
 * The same with streams. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "response.h"

#include <aw_io.h>
#include <stdio.h>
#include <string.h>

static async void serve(aw_stream *s, void *ctx)
{
    char in[ROOM], *end;
    (void)ctx;
    aw_stream_init(s, s->fd, in, sizeof in, NULL, 0);
    while (await aw_stream_fill(s) > 0) {
        while ((end = memmem(aw_stream_data(s), aw_stream_available(s),
                             "\r\n\r\n", 4))) {
            aw_stream_take(s, (size_t)(end + 4 - aw_stream_data(s)));
            await aw_stream_write(s, response, ANSWER);
        }
    }
}

async int main(void)
{
    aw_server s = AW_SERVER_INIT(aw_tcp_listen("0.0.0.0", 0, 0), serve, NULL);
    printf("%u\n", aw_local_port(s.fd));
    fflush(stdout);
    await aw_serve(&s);
    return 0;
}
