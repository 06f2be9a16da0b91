/* SPDX-License-Identifier: MIT
 * What the servers with libuv have in common: a listener on some port, which
 * is printed, and its clients, from malloc. */
#ifndef SERVER_UV_H
#define SERVER_UV_H

#include <stdio.h>
#include <stdlib.h>
#include <uv.h>

static void on_closed(uv_handle_t *h)
{
    free(h);
}

static void take_client(uv_stream_t *listener, uv_tcp_t *t,
                        uv_alloc_cb allocate, uv_read_cb on_read)
{
    uv_tcp_init(listener->loop, t);
    if (uv_accept(listener, (uv_stream_t *)t)) {
        uv_close((uv_handle_t *)t, on_closed);
        return;
    }
    uv_tcp_nodelay(t, 1);
    uv_read_start((uv_stream_t *)t, allocate, on_read);
}

static int serve(uv_connection_cb on_client)
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

#endif
