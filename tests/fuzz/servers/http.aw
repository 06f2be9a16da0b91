/* SPDX-License-Identifier: MIT
 * Requests for the HTTP server. */
#define main unused_main
#include "../../../samples/servers/http.aw"
#undef main
#include "talk.h"

static async void listens(aw_stream *s, struct talk *t)
{
    (void)t;
    await serve(s, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (server.root < 0)
        server.root = open("samples", O_PATH | O_CLOEXEC);
    return test(data, size, NULL);
}
