/* SPDX-License-Identifier: MIT
 * Child processes: their pipes, how they end, what cannot be started.
 * faults: yes */
#include "check.h"
#include <signal.h>

#define ENDS(e, c) \
    do { \
        int error_ = await aw_try(c); \
        CHECK(error_ == (e)); \
    } while (0)

static void start(aw_process *p, int pipes, const char *script)
{
    char *argv[] = {"sh", "-c", (char *)script, NULL};
    int error = aw_process_start(p, argv, pipes);
    CHECK(error == 0);
}

static async int status_of(const char *script)
{
    aw_process p;
    start(&p, 0, script);
    return await aw_process_wait(&p);
}

static async void statuses(void)
{
    int a = 1, b = 0, c = 0, d = 0, sum = 0, n[20];
    await aw_gather(a = status_of("exit 0"), b = status_of("exit 7"),
                    c = status_of("kill -9 $$"), d = status_of("kill -15 $$"));
    CHECK(a == 0 && b == 7 && c == -9 && d == -15);
    aw_group (g) {
        for (int i = 0; i < 20; i++)
            aw_group_spawn(g, n[i] = status_of("exit 2"));
    }
    for (int i = 0; i < 20; i++)
        sum += n[i];
    CHECK(sum == 40);
}

static async void feed(aw_stream *in, const char *text, size_t n)
{
    await aw_stream_write(in, text, n);
    aw_stream_close(in);
}

static async size_t drink(aw_stream *out, char *p, size_t n)
{
    int error = await aw_try(aw_stream_read_exactly(out, p, n));
    CHECK(error == AW_EOF);
    if (error != AW_EOF)
        aw_stream_close(out);
    return out->got;
}

/* More than the pipes take, there and back; and what comes on stderr. */
static async void pipes(void)
{
    static char text[300000], back[300001], word[16];
    aw_process p;
    aw_stream in, out, err;
    size_t n = 0, m = 0;
    memset(text, 'x', sizeof text);
    start(&p, AW_STDIN | AW_STDOUT | AW_STDERR, "echo hello >&2; cat");
    aw_stream_init(&in, p.in, NULL, 0, NULL, 0);
    aw_stream_init(&out, p.out, NULL, 0, NULL, 0);
    aw_stream_init(&err, p.err, NULL, 0, NULL, 0);
    p.in = p.out = p.err = -1;
    defer {
        aw_stream_close(&in);
        aw_stream_close(&out);
        aw_stream_close(&err);
        if (!p.ended)
            await aw_try(aw_process_wait(&p));
    }
    await aw_gather(feed(&in, text, sizeof text),
                    n = drink(&out, back, sizeof back),
                    m = drink(&err, word, sizeof word));
    CHECK(n == sizeof text && memcmp(text, back, n) == 0);
    CHECK(m == 6 && memcmp(word, "hello\n", 6) == 0);
    int status = await aw_process_wait(&p);
    CHECK(status == 0);
}

/* One that goes on: a deadline leaves it alone, a signal does not. */
static async void killed(void)
{
    aw_process p;
    int status = 0;
    start(&p, AW_STDIN, "cat");
    ENDS(ETIMEDOUT, status = aw_wait_for_ms(aw_process_wait(&p), 5));
    aw_task(int) t = aw_create_task(aw_process_wait(&p));
    defer aw_task_release(t);
    defer aw_process_close(&p);
    await aw_sleep_ms(0);
    CHECK(aw_process_kill(&p, SIGKILL) == 0);
    ENDS(0, status = t);
    CHECK(status == -SIGKILL);
    ENDS(0, status = aw_process_wait(&p));
    CHECK(status == -SIGKILL && aw_process_kill(&p, SIGKILL) == ESRCH);
}

static async void refused(void)
{
    aw_process p;
    int status;
    char *argv[] = {"there is no such program", NULL};
    CHECK(aw_process_start(&p, argv, AW_STDOUT) == ENOENT);
    ENDS(0, status = aw_process_wait(&p));
    aw_process_close(&p);
}

static async void all(void)
{
    int e[] = {getenv("FAULT") ? 0 : await aw_try(statuses()),
               await aw_try(pipes()), await aw_try(killed()),
               await aw_try(refused())};
    for (int i = 0; i < 4; i++)
        CHECK(e[i] == 0);
}

int main(void)
{
    int before = open_before();
    return finish(aw_run(all()), before);
}
