/* SPDX-License-Identifier: MIT
 * aw_fd_wait on real descriptors: socket pairs, a pipe, a regular file.
 * faults: yes */
#include "check.h"
#include <poll.h>

enum { PAIRS = 300 };

static void fill(int fd)
{
    char block[4096] = {0};
    while (write(fd, block, sizeof block) > 0)
        ;
}

static void empty(int fd)
{
    char block[4096];
    while (read(fd, block, sizeof block) > 0)
        ;
}

/* A reader and a writer of one socket; one of them cancelled, the other not;
 * a second reader. */
static async void directions(void)
{
    int fd[2], got_r = 0, got_w = 0, got = 0;
    pair(fd);
    defer close_pair(fd);
    fill(fd[0]);
    aw_task(int) r = aw_create_task(aw_fd_wait(fd[0], AW_READ));
    aw_task(int) w = aw_create_task(aw_fd_wait(fd[0], AW_WRITE));
    defer aw_task_release(r);
    defer aw_task_release(w);
    await aw_sleep_ms(0);
    int busy = await aw_try(got = aw_fd_wait(fd[0], AW_READ | AW_WRITE));
    CHECK(busy == EBUSY);
    if (write(fd[1], "x", 1) != 1)
        abort();
    got_r = await r;
    CHECK(got_r == AW_READ && !aw_done(w));
    aw_task(int) again = aw_create_task(aw_fd_wait(fd[0], AW_READ));
    defer aw_task_release(again);
    empty(fd[0]);
    await aw_sleep_ms(0);
    CHECK(aw_cancel(again));
    empty(fd[1]);
    got_w = await w;
    CHECK(got_w == AW_WRITE && aw_done(again));
    got = await aw_fd_wait(fd[0], AW_READ | AW_WRITE);
    CHECK(got == AW_WRITE);
}

/* The end of the peer wakes both; a file is ready at once. */
static async void ends(void)
{
    int fd[2], got_r, got_w;
    pair(fd);
    defer aw_fd_close(fd[0]);
    fill(fd[0]);
    aw_task(int) r = aw_create_task(aw_fd_wait(fd[0], AW_READ));
    aw_task(int) w = aw_create_task(aw_fd_wait(fd[0], AW_WRITE));
    defer aw_task_release(r);
    defer aw_task_release(w);
    await aw_sleep_ms(0);
    aw_fd_close(fd[1]);
    got_r = await r;
    got_w = await w;
    CHECK(got_r == AW_READ && got_w == AW_WRITE);
    FILE *f = tmpfile();
    if (!f)
        abort();
    defer fclose(f);
    int got = await aw_fd_wait(fileno(f), AW_READ | AW_WRITE);
    CHECK(got == (AW_READ | AW_WRITE));
    int none, error = await aw_try(none = aw_fd_wait(1000, AW_READ));
    CHECK(error == EBADF);
}

static async void closed(void)
{
    int fd[2], got;
    pair(fd);
    aw_task(int) r = aw_create_task(aw_fd_wait(fd[0], AW_READ));
    defer aw_task_release(r);
    await aw_sleep_ms(0);
    int closed = aw_fd_close(fd[0]), again = aw_fd_close(fd[0]);
    int error = await aw_try(got = r);
    CHECK(closed == 0 && again == EBADF);
    CHECK(error == EBADF);
    aw_fd_close(fd[1]);
}

/* Nobody waits for what is there to be read: the loop sleeps all the same,
 * and the next one to wait is told. */
static async void unwanted(void)
{
    int fd[2], got;
    pair(fd);
    defer close_pair(fd);
    aw_task(int) r = aw_create_task(aw_fd_wait(fd[0], AW_READ));
    defer aw_task_release(r);
    aw_task(int) other = aw_create_task(aw_fd_wait(fd[1], AW_READ));
    defer aw_task_release(other);
    await aw_sleep_ms(0);
    aw_cancel(r);
    if (write(fd[1], "x", 1) != 1)
        abort();
    await aw_sleep_ms(2);
    struct pollfd ours = {aw_loop_fd(), POLLIN, 0};
    CHECK(poll(&ours, 1, 0) == 0);
    got = await aw_fd_wait(fd[0], AW_READ);
    CHECK(got == AW_READ);
    aw_cancel(other);
    await aw_sleep_ms(0);
}

static async void pass_on(int from, int to, int *sum)
{
    char c = 0;
    await aw_fd_wait(from, AW_READ);
    if (read(from, &c, 1) != 1)
        abort();
    ++*sum;
    if (write(to, &c, 1) != 1)
        abort();
}

/* A byte goes through all of them, last to first. */
static async void ring(int n)
{
    static int fd[PAIRS][2];
    int sum = 0;
    for (int i = 0; i < n; i++)
        pair(fd[i]);
    defer {
        for (int i = 0; i < n; i++)
            close_pair(fd[i]);
    }
    aw_group (g) {
        for (int i = 0; i < n; i++)
            aw_group_spawn(g, pass_on(fd[i][0], fd[(i + 7) % n][1], &sum));
        await aw_sleep_ms(0);
        if (write(fd[0][1], "x", 1) != 1)
            abort();
    }
    CHECK(sum == n);
}

static async void all(void)
{
    int error[] = {await aw_try(directions()), await aw_try(ends()),
                   await aw_try(closed()), await aw_try(unwanted()),
                   await aw_try(ring(getenv("FAULT") ? 5 : PAIRS))};
    for (int i = 0; i < 5; i++)
        CHECK(error[i] == 0);
}

int main(void)
{
    struct rlimit few = {1024, 1024};
    setrlimit(RLIMIT_NOFILE, &few);
    int before = open_before();
    return finish(aw_run(all()), before);
}
