/* SPDX-License-Identifier: MIT
 * For the targets here: an input is what one side of a connection says to a
 * program of samples. It is said twice, at once and in pieces; the answers must
 * be the same bytes. The first byte of an input is the size of the pieces. */
#ifndef TALK_H
#define TALK_H

#include <aw_io.h>

#include <stdio.h>
#include <stdlib.h>

struct tally {
    size_t length;
    uint64_t hash;
};

struct talk {
    const char *data;
    size_t size, piece;
    struct tally heard, own; /* the answer; what the target notes */
};

static void note(struct tally *t, const char *p, size_t n)
{
    t->length += n;
    for (size_t i = 0; i < n; i++)
        t->hash = (t->hash ^ (unsigned char)p[i]) * 0x100000001b3;
}

static async void say(aw_stream *s, const struct talk *t)
{
    for (size_t i = 0; i < t->size; i += t->piece) {
        size_t left = t->size - i;
        await aw_stream_write(s, t->data + i,
                              left < t->piece ? left : t->piece);
        await aw_sleep_ms(0);
    }
    await aw_stream_write_eof(s);
}

static async void hear(aw_stream *s, struct talk *t)
{
    char p[4096];
    size_t n;
    while ((n = await aw_stream_read(s, p, sizeof p)) > 0)
        note(&t->heard, p, n);
}

/* Of each target: its side of s. */
static async void listens(aw_stream *s, struct talk *t);

static async void serve_end(int fd, struct talk *t)
{
    aw_stream s;
    aw_stream_init(&s, fd, NULL, 0, NULL, 0);
    defer aw_stream_close(&s);
    await listens(&s, t);
}

static async void converse(struct talk *t)
{
    int fd[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fd))
        throw errno;
    aw_stream s;
    aw_stream_init(&s, fd[1], NULL, 0, NULL, 0);
    defer aw_stream_close(&s);
    await aw_gather(aw_try(serve_end(fd[0], t)), aw_try(say(&s, t)),
                    aw_try(hear(&s, t)));
}

static bool same(const struct tally *a, const struct tally *b)
{
    return a->length == b->length && a->hash == b->hash;
}

/* true: both times the same. */
static bool same_answers(const uint8_t *data, size_t size, void (*reset)(void))
{
    struct talk t[2] = {0};
    for (int i = 0; i < 2; i++) {
        t[i].data = (const char *)data + 1;
        t[i].size = size - 1;
        t[i].piece = i ? data[0] : size;
        if (aw_run(converse(&t[i])))
            abort();
        if (reset)
            reset();
    }
    return same(&t[0].heard, &t[1].heard) && same(&t[0].own, &t[1].own);
}

static int test(const uint8_t *data, size_t size, void (*reset)(void))
{
    if (size < 1 || data[0] == 0)
        return -1;
    if (!same_answers(data, size, reset))
        abort();
    return 0;
}

#endif
