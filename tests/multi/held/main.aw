/* SPDX-License-Identifier: MIT
 * A caller that embeds frames which hold children: they are left, and their
 * storage used again, only when those have ended. Nothing is allocated. */
#include "fetch.aw.h"
#include "fetch.h"
#include <stdio.h>
#include <stdlib.h>

static int64_t start;

void say(const char *what, int id)
{
    printf("%3d %s %d\n", (int)(aw_now_ms() - start), what, id);
}

static void *no_alloc(void *ctx, size_t size)
{
    (void)ctx;
    printf("allocates %zu bytes\n", size);
    exit(1);
}

static void no_free(void *ctx, void *p, size_t size)
{
    (void)ctx;
    (void)p;
    (void)size;
}

/* Awaited directly, twice in the same storage. */
static async void directly(void)
{
    for (int bad = 1; bad <= 2; bad++)
        say("both", await aw_try(both(bad, 30)));
    say("again", await again(2));
}

/* As children of combinators, whose storage the functions are in. */
static async void as_children(void)
{
    int e[3], r[3] = {0};

    await aw_gather(e[0] = aw_try(r[0] = both(0, 1)),
                    e[1] = aw_try(r[1] = both(2, 40)),
                    e[2] = aw_try(r[2] = again(1)));
    for (int i = 0; i < 3; i++)
        printf("    %d %d\n", e[i], r[i]);
    say("race", await aw_race(aw_try(both(1, 25)), limited(100, 5)));
    say("overrun", await aw_try(aw_wait_for_ms(both(0, 50), 15)));
}

/* Cancelled in the wait for what they hold. */
static async void cancelled(void)
{
    int r = 0;

    r = await aw_race(r = limited(20, 30), aw_sleep_ms(10));
    say("race", r);
    say("race", await aw_race(both(1, 60), aw_sleep_ms(20)));
    say("both: cancelled", 0);
}

async int main(void)
{
    static const aw_allocator none = {no_alloc, no_free, NULL};

    aw_set_allocator(&none);
    start = aw_now_ms();
    await directly();
    await as_children();
    await cancelled();
    return 0;
}
