/* SPDX-License-Identifier: MIT
 * The same with libuv. */
#include <stdio.h>
#include <stdlib.h>
#include <uv.h>

struct answer {
    uv_write_t write;
    uv_buf_t buffer;
};

static void allocate(uv_handle_t *h, size_t size, uv_buf_t *b)
{
    (void)h;
    (void)size;
    *b = uv_buf_init(malloc(4096), 4096);
}

static void on_closed(uv_handle_t *h)
{
    free(h);
}

static void on_written(uv_write_t *w, int status)
{
    struct answer *a = (struct answer *)w;
    (void)status;
    free(a->buffer.base);
    free(a);
}

static void on_read(uv_stream_t *s, ssize_t n, const uv_buf_t *b)
{
    if (n <= 0) {
        free(b->base);
        if (n < 0)
            uv_close((uv_handle_t *)s, on_closed);
        return;
    }
    struct answer *a = malloc(sizeof *a);
    a->buffer = uv_buf_init(b->base, (unsigned)n);
    uv_write(&a->write, s, &a->buffer, 1, on_written);
}

static void on_client(uv_stream_t *listener, int status)
{
    uv_tcp_t *t = malloc(sizeof *t);
    (void)status;
    uv_tcp_init(listener->loop, t);
    if (uv_accept(listener, (uv_stream_t *)t)) {
        uv_close((uv_handle_t *)t, on_closed);
        return;
    }
    uv_tcp_nodelay(t, 1);
    uv_read_start((uv_stream_t *)t, allocate, on_read);
}

int main(void)
{
    uv_tcp_t listener;
    struct sockaddr_in a;
    int size = sizeof a;
    uv_ip4_addr("0.0.0.0", 0, &a);
    uv_tcp_init(uv_default_loop(), &listener);
    uv_tcp_bind(&listener, (struct sockaddr *)&a, 0);
    uv_listen((uv_stream_t *)&listener, SOMAXCONN, on_client);
    uv_tcp_getsockname(&listener, (struct sockaddr *)&a, &size);
    printf("%d\n", ntohs(a.sin_port));
    fflush(stdout);
    return uv_run(uv_default_loop(), UV_RUN_DEFAULT);
}
