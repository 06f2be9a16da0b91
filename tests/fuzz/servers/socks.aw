/* SPDX-License-Identifier: MIT
 * Greetings for the SOCKS proxy, up to the connection. */
#define main unused_main
#include "../../../samples/servers/socks.aw"
#undef main
#include "talk.h"

static async void listens(aw_stream *s, struct talk *t)
{
    struct target to = {0};
    enum reply r = FAILED;
    char in[64];
    aw_stream_init(s, s->fd, in, sizeof in, NULL, 0);
    int error = await aw_try(r = greet(s, &to));
    note(&t->own, (char *)&error, sizeof error);
    if (error == 0) {
        note(&t->own, to.host, strlen(to.host));
        await answer(s, r, -1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    server.login = size > 0 && data[size - 1] & 1 ? "user:password" : NULL;
    return test(data, size, NULL);
}
