/* SPDX-License-Identifier: MIT
 * The same with streams. */
#include <aw_io.h>
#include <stdio.h>

static async void echo(aw_stream *client, void *ctx)
{
    char buffer[4096];
    size_t n;
    (void)ctx;
    while ((n = await aw_stream_read(client, buffer, sizeof buffer)) > 0)
        await aw_stream_write(client, buffer, n);
}

async int main(void)
{
    aw_server s = AW_SERVER_INIT(aw_tcp_listen("0.0.0.0", 0, 0), echo, NULL);
    printf("%u\n", aw_local_port(s.fd));
    fflush(stdout);
    await aw_serve(&s);
    return 0;
}
