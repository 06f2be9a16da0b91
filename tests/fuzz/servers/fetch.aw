/* SPDX-License-Identifier: MIT
 * Answers for the downloader, and its URLs. */
#define main unused_main
#include "../../../samples/servers/fetch.aw"
#undef main
#include "talk.h"

static int sink = -1;

static async long long receive(aw_stream *s, struct answer *a)
{
    char in[HEAD];
    aw_stream_init(s, s->fd, in, sizeof in, NULL, 0);
    await read_answer(s, a);
    if (a->chunked)
        return await copy_chunks(s, sink);
    return await copy(s, sink, a->length);
}

static async void listens(aw_stream *s, struct talk *t)
{
    struct answer a = {0};
    struct url u;
    long long n = -1;
    int error = await aw_try(n = receive(s, &a));
    note(&t->own, (char *)&error, sizeof error);
    note(&t->own, (char *)&n, sizeof n);
    if (parse_url(&u, "http://[::1]:80/a/b?c") && follow(&u, a.location))
        note(&t->own, u.path, strlen(u.path));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char url[300], name[256];
    struct url u;
    if (sink < 0)
        sink = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (size < sizeof url) {
        memcpy(url, data, size);
        url[size] = '\0';
        if (parse_url(&u, url) && name_of(url, name) && strchr(name, '/'))
            abort();
    }
    return test(data, size, NULL);
}
