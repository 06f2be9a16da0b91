/* SPDX-License-Identifier: MIT
 * Streams over socket pairs and pipes: every operation, its errors, and what
 * a deadline leaves behind.
 * faults: yes */
#include "check.h"

static char text[1 << 20];

static aw_stream over(int fd)
{
    aw_stream s;
    aw_stream_init(&s, fd, NULL, 0, NULL, 0);
    return s;
}

/* Whether the await of c ends with e. */
#define ENDS(e, c) \
    do { \
        int error_ = await aw_try(c); \
        CHECK(error_ == (e)); \
        if (error_ != (e)) \
            printf("  but %s\n", aw_strerror(error_)); \
    } while (0)

static async void lines(void)
{
    int fd[2];
    char in[16], line[32];
    size_t n = 0;
    pair(fd);
    aw_stream a = over(fd[0]), b;
    aw_stream_init(&b, fd[1], in, sizeof in, NULL, 0);
    defer aw_stream_close(&a);
    defer aw_stream_close(&b);
    await aw_stream_write(&a, "one\n\ntwo\nhal", 12);
    n = await aw_stream_read_line(&b, line, sizeof line);
    CHECK(n == 4 && strcmp(line, "one\n") == 0);
    n = await aw_stream_read_line(&b, line, sizeof line);
    CHECK(n == 1);
    ENDS(EMSGSIZE, n = aw_stream_read_line(&b, line, 4));
    n = await aw_stream_read_line(&b, line, 5);
    CHECK(n == 4 && strcmp(line, "two\n") == 0);
    /* a deadline in the middle of a line */
    ENDS(ETIMEDOUT, aw_wait_for_ms(aw_stream_read_line(&b, line, 32), 5));
    await aw_stream_write(&a, "f\nlast", 6);
    n = await aw_stream_read_line(&b, line, sizeof line);
    CHECK(n == 5 && strcmp(line, "half\n") == 0);
    await aw_stream_write_eof(&a);
    n = await aw_stream_read_line(&b, line, sizeof line);
    CHECK(n == 4 && strcmp(line, "last") == 0);
    n = await aw_stream_read_line(&b, line, sizeof line);
    CHECK(n == 0);
    /* the other direction is open; more than the buffer takes is no line */
    await aw_stream_write(&b, "back", 4);
    n = await aw_stream_read(&a, line, sizeof line);
    CHECK(n == 4);
    ENDS(EINVAL, n = aw_stream_read_line(&a, line, sizeof line));
    ENDS(EPIPE, aw_stream_write(&a, "x", 1));
}

static async void too_long(void)
{
    int fd[2];
    char in[16], line[32];
    size_t n = 0;
    pair(fd);
    aw_stream a = over(fd[0]), b;
    aw_stream_init(&b, fd[1], in, sizeof in, NULL, 0);
    defer aw_stream_close(&a);
    defer aw_stream_close(&b);
    await aw_stream_write(&a, "0123456789abcdefghij\n", 21);
    ENDS(EMSGSIZE, n = aw_stream_read_line(&b, line, sizeof line));
    ENDS(ENOBUFS, n = aw_stream_fill(&b));
    CHECK(aw_stream_available(&b) == 16);
    CHECK(memcmp(aw_stream_data(&b), "0123", 4) == 0);
    aw_stream_take(&b, 16);
    n = await aw_stream_fill(&b);
    CHECK(n == 5 && memcmp(aw_stream_data(&b), "ghij\n", 5) == 0);
}

static async void exactly(void)
{
    int fd[2];
    char in[8], p[32] = "";
    pair(fd);
    aw_stream a = over(fd[0]), b;
    aw_stream_init(&b, fd[1], in, sizeof in, NULL, 0);
    defer aw_stream_close(&a);
    defer aw_stream_close(&b);
    await aw_stream_write(&a, "0123456789abc", 13);
    await aw_stream_read_exactly(&b, p, 3);
    CHECK(memcmp(p, "012", 3) == 0);
    ENDS(ETIMEDOUT, aw_wait_for_ms(aw_stream_read_exactly(&b, p, 20), 5));
    CHECK(b.got == 10 && memcmp(p, "3456789abc", 10) == 0);
    await aw_stream_write(&a, "def", 3);
    await aw_stream_write_eof(&a);
    ENDS(AW_EOF, aw_stream_read_exactly(&b, p, 4));
    CHECK(b.got == 3 && memcmp(p, "def", 3) == 0);
    ENDS(0, aw_stream_read_exactly(&b, p, 0));
}

/* Up to a mark, in whatever pieces it comes; nothing is taken. */
static async void until(void)
{
    int fd[2];
    char in[8], more[16];
    size_t n = 0;
    pair(fd);
    aw_stream a = over(fd[0]), b;
    aw_stream_init(&b, fd[1], in, sizeof in, NULL, 0);
    defer aw_stream_close(&a);
    defer aw_stream_close(&b);
    await aw_stream_write(&a, "a\r\nb\r\r", 6);
    n = await aw_stream_read_until(&b, "\r\n", 2);
    CHECK(n == 3 && aw_stream_available(&b) == 6);
    aw_stream_take(&b, n);
    ENDS(ETIMEDOUT, n = aw_wait_for_ms(aw_stream_read_until(&b, "\r\n", 2), 5));
    await aw_gather(n = aw_stream_read_until(&b, "\r\n", 2),
                    aw_stream_write(&a, "\n123456", 7));
    CHECK(n == 4 && memcmp(aw_stream_data(&b), "b\r\r\n", 4) == 0);
    ENDS(EINVAL, n = aw_stream_read_until(&b, "", 0));
    ENDS(ENOBUFS, n = aw_stream_read_until(&b, "56x", 3));
    /* a larger buffer takes over what the small one had */
    aw_stream_take(&b, 2);
    CHECK(aw_stream_set_buffer(&b, more, 5) == EMSGSIZE);
    CHECK(aw_stream_set_buffer(&b, more, sizeof more) == 0);
    CHECK(aw_stream_available(&b) == 6);
    await aw_stream_write(&a, "x", 1);
    n = await aw_stream_read_until(&b, "56x", 3);
    CHECK(n == 9 && memcmp(aw_stream_data(&b), "\r\n123456x", 9) == 0);
    await aw_stream_write_eof(&a);
    n = await aw_stream_read_until(&b, "none", 4);
    CHECK(n == 0 && aw_stream_available(&b) == 9);
    CHECK(aw_stream_set_buffer(&b, in, sizeof in) == EMSGSIZE);
    aw_stream_take(&b, 9);
    CHECK(aw_stream_set_buffer(&b, NULL, 0) == 0);
}

/* The buffer may change under the feet of who waits. */
static async void changed(void)
{
    int fd[2];
    char in[4], more[8];
    size_t n = 0;
    pair(fd);
    aw_stream a = over(fd[0]), b;
    aw_stream_init(&b, fd[1], in, sizeof in, NULL, 0);
    defer aw_stream_close(&a);
    defer aw_stream_close(&b);
    await aw_stream_write(&a, "abcd", 4);
    n = await aw_stream_fill(&b);
    aw_stream_take(&b, 1);
    aw_task(size_t) t = aw_create_task(aw_stream_read_until(&b, "g", 1));
    defer aw_task_release(t);
    await aw_sleep_ms(0);
    CHECK(aw_stream_set_buffer(&b, more, sizeof more) == 0);
    memset(in, 'x', sizeof in);
    await aw_stream_write(&a, "efg", 3);
    n = await t;
    CHECK(n == 6 && memcmp(aw_stream_data(&b), "bcdefg", 6) == 0);
}

static async size_t read_all(aw_stream *s)
{
    static char p[50000];
    size_t sum = 0, n;
    while ((n = await aw_stream_read(s, p, sizeof p)) > 0) {
        if (sum + n > sizeof text)
            throw EMSGSIZE;
        CHECK(memcmp(p, text + sum, n) == 0);
        sum += n;
    }
    return sum;
}

static async void send_all(aw_stream *s, size_t from)
{
    await aw_stream_write(s, text + from, sizeof text - from);
    await aw_stream_write_eof(s);
}

/* A peer that does not read: nothing is lost or sent twice by a deadline, and
 * while one task waits to write, another one reads. */
static async void back_pressure(void)
{
    int fd[2];
    char out[4096], p[8];
    size_t n = 0;
    pair(fd);
    aw_stream a, b = over(fd[1]);
    aw_stream_init(&a, fd[0], NULL, 0, out, sizeof out);
    defer aw_stream_close(&a);
    defer aw_stream_close(&b);
    ENDS(ETIMEDOUT, aw_wait_for_ms(aw_stream_write(&a, text, sizeof text), 5));
    CHECK(a.put > 0 && a.put < sizeof text);
    aw_task(void) w = aw_create_task(send_all(&a, a.put));
    defer aw_task_release(w);
    await aw_sleep_ms(0);
    ENDS(EBUSY, aw_wait_for_ms(aw_stream_write(&a, text, sizeof text), 99));
    await aw_stream_write(&b, "hello", 5);
    n = await aw_stream_read(&a, p, sizeof p);
    CHECK(n == 5 && !aw_done(w));
    await aw_gather(n = read_all(&b), w);
    CHECK(n == sizeof text);
}

/* What is small stays in the buffer, in order, until it is full or drained. */
static async void buffered(void)
{
    int fd[2];
    char out[8], p[64] = "";
    size_t n = 0;
    pair(fd);
    aw_stream a, b = over(fd[1]);
    aw_stream_init(&a, fd[0], NULL, 0, out, sizeof out);
    defer aw_stream_close(&a);
    defer aw_stream_close(&b);
    await aw_stream_write(&a, "abc", 3);
    await aw_stream_write(&a, "def", 3);
    ENDS(ETIMEDOUT, n = aw_wait_for_ms(aw_stream_read(&b, p, 64), 5));
    await aw_stream_write(&a, "ghi", 3);
    n = await aw_stream_read(&b, p, 64);
    CHECK(n == 9 && memcmp(p, "abcdefghi", 9) == 0);
    await aw_stream_write(&a, "j", 1);
    await aw_stream_drain(&a);
    n = await aw_stream_read(&b, p, 64);
    CHECK(n == 1 && p[0] == 'j');
    ENDS(0, aw_stream_drain(&a));
    await aw_stream_write(&a, "lost", 4);
    aw_stream_close(&a);
    aw_stream_close(&a);
    n = await aw_stream_read(&b, p, 64);
    CHECK(n == 0);
    ENDS(EBADF, n = aw_stream_read(&a, p, 1));
    ENDS(EBADF, aw_stream_drain(&a));
}

static async void pipes(void)
{
    int fd[2];
    char p[8];
    size_t n = 0;
    if (pipe2(fd, O_NONBLOCK | O_CLOEXEC))
        abort();
    aw_stream r = over(fd[0]), w = over(fd[1]);
    defer aw_stream_close(&r);
    defer aw_stream_close(&w);
    aw_task(size_t) reader = aw_create_task(aw_stream_read(&r, p, sizeof p));
    defer aw_task_release(reader);
    await aw_sleep_ms(0);
    ENDS(EBUSY, n = aw_wait_for_ms(aw_stream_read(&r, p, sizeof p), 99));
    await aw_stream_write(&w, "pipe", 4);
    n = await reader;
    CHECK(n == 4 && memcmp(p, "pipe", 4) == 0);
    ENDS(ENOTSOCK, aw_stream_write_eof(&w));
    aw_task(size_t) gone = aw_create_task(aw_stream_read(&r, p, sizeof p));
    defer aw_task_release(gone);
    await aw_sleep_ms(0);
    aw_stream_close(&r);
    ENDS(EBADF, n = gone);
    ENDS(EPIPE, aw_stream_write(&w, "x", 1));
}

static async void ping(aw_stream *a, aw_stream *b, int *turns)
{
    char c;
    for (;;) {
        await aw_stream_write(a, "x", 1);
        await aw_stream_read_exactly(b, &c, 1);
        ++*turns;
    }
}

/* Who never has to wait gives way all the same. */
static async void gives_way(void)
{
    int fd[2], turns = 0, which;
    pair(fd);
    aw_stream a = over(fd[0]), b = over(fd[1]);
    defer aw_stream_close(&a);
    defer aw_stream_close(&b);
    which = await aw_race(ping(&a, &b, &turns), aw_sleep_ms(0));
    CHECK(which == 1 && turns > 0 && turns < 1000);
}

/* What has been read to its end waits anew; data and the end at once. */
static async void data_and_end(void)
{
    int fd[2];
    char p[64];
    size_t n = 0;
    pair(fd);
    aw_stream a = over(fd[0]), b = over(fd[1]);
    defer aw_stream_close(&a);
    defer aw_stream_close(&b);
    await aw_stream_write(&a, "last words", 10);
    aw_stream_close(&a);
    n = await aw_stream_read(&b, p, sizeof p);
    CHECK(n == 10);
    n = await aw_stream_read(&b, p, sizeof p);
    CHECK(n == 0);
    n = await aw_stream_read(&b, p, sizeof p);
    CHECK(n == 0);
}

static async void all(void)
{
    int e[] = {await aw_try(lines()), await aw_try(too_long()),
               await aw_try(exactly()), await aw_try(back_pressure()),
               await aw_try(buffered()), await aw_try(pipes()),
               await aw_try(data_and_end()), await aw_try(until()),
               await aw_try(changed())};
    for (int i = 0; i < 9; i++)
        CHECK(e[i] == 0);
    if (!getenv("FAULT"))           /* has many calls */
        await gives_way();
}

int main(void)
{
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)(i * 2654435761u >> 24);
    int before = open_before();
    return finish(aw_run(all()), before);
}
