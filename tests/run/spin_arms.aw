/* SPDX-License-Identifier: MIT
 * A task spins alone, so that one turn follows the other unasked; a timer, a
 * descriptor and a flag that others then wait for are noticed all the same.
 *
 * ports: epoll poll */
#include <aw.h>
#include <aw_io.h>
#include <stdio.h>
#include <unistd.h>

static async void spin(const bool *over)
{
    while (!*over)
        await aw_sleep_ms(0);
}

static async void rounds(void)
{
    for (int i = 0; i < 5; i++)
        await aw_sleep_ms(0);
}

static async void timer(bool *over)
{
    await rounds();
    await aw_sleep_ms(1);
    *over = true;
}

static async void reader(int fd, bool *over)
{
    await rounds();
    int got = await aw_fd_wait(fd, AW_READ);
    printf("%d\n", got == AW_READ);
    *over = true;
}

static aw_flag flag = AW_FLAG_INIT;

static async void setter(void)
{
    await rounds();
    aw_flag_set(&flag);
}

static async void hears(bool *over)
{
    await aw_flag_wait(&flag);
    *over = true;
}

async int main(void)
{
    bool over = false;
    int fd[2];

    await aw_gather(spin(&over), timer(&over));
    puts("timer");
    over = false;
    if (pipe(fd) < 0 || write(fd[1], "x", 1) != 1)
        return 1;
    await aw_gather(spin(&over), reader(fd[0], &over));
    puts("descriptor");
    over = false;
    await aw_gather(spin(&over), hears(&over), setter());
    puts("flag");
    close(fd[0]);
    close(fd[1]);
    return 0;
}
