/* SPDX-License-Identifier: MIT
 * Requests for the Redis server, but for those whose reply depends on when. */
#define main unused_main
#include "../../../samples/servers/redis/redis.aw"
#undef main
#include "talk.h"

#include <string.h>

static async void listens(aw_stream *s, struct talk *t)
{
    (void)t;
    await serve(s, NULL);
}

static void forget(void)
{
    store_clear(&db);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    for (size_t i = 0; i + 2 < size; i++)
        if (strncasecmp((const char *)data + i, "ttl", 3) == 0)
            return -1;
    return test(data, size, forget);
}
