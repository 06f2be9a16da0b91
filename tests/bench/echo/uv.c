/* SPDX-License-Identifier: MIT
 * The same with libuv. */
#include "../server_uv.h"

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
    (void)status;
    take_client(listener, malloc(sizeof(uv_tcp_t)), allocate, on_read);
}

int main(void)
{
    return serve(on_client);
}
