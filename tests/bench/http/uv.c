/* SPDX-License-Identifier: MIT
 * The same with libuv. */
#define _GNU_SOURCE
#include "../server_uv.h"
#include "response.h"

#include <string.h>

struct client {
    uv_tcp_t tcp;
    size_t count;
    char in[ROOM];
};

static void allocate(uv_handle_t *h, size_t size, uv_buf_t *b)
{
    struct client *c = (struct client *)h;
    (void)size;
    *b = uv_buf_init(c->in + c->count, (unsigned)(ROOM - c->count));
}

static void on_written(uv_write_t *w, int status)
{
    (void)status;
    free(w);
}

static void answer(struct client *c)
{
    uv_buf_t b = uv_buf_init((char *)response, ANSWER);
    char *p = c->in, *end;
    size_t left = c->count;
    while ((end = memmem(p, left, "\r\n\r\n", 4))) {
        left -= (size_t)(end + 4 - p);
        p = end + 4;
        uv_write_t *w = malloc(sizeof *w);
        uv_write(w, (uv_stream_t *)&c->tcp, &b, 1, on_written);
    }
    memmove(c->in, p, left);
    c->count = left;
}

static void on_read(uv_stream_t *s, ssize_t n, const uv_buf_t *b)
{
    struct client *c = (struct client *)s;
    (void)b;
    if (n > 0) {
        c->count += (size_t)n;
        answer(c);
    } else if (n < 0) {
        uv_close((uv_handle_t *)s, on_closed);
    }
}

static void on_client(uv_stream_t *listener, int status)
{
    struct client *c = malloc(sizeof *c);
    (void)status;
    c->count = 0;
    take_client(listener, &c->tcp, allocate, on_read);
}

int main(void)
{
    return serve(on_client);
}
