/* SPDX-License-Identifier: MIT
 * A caller that knows the frames: it allocates nothing. The header is all it
 * includes of the shop, twice. */
#define awf_text neither_are_locals_of_others
#define text macros_of_mine
#include "shop.aw.h"
#include "shop.aw.h"
#include <stdio.h>
#include <stdlib.h>

const shop *the_shop(void);

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

static async int listen(int event, unsigned *seen)
{
    await aw_sleep_ms(1);
    *seen += 1;
    return event * 2;
}

async int main(void)
{
    static const aw_allocator none = {no_alloc, no_free, NULL};
    struct order o = {{250, "EUR"}, 4, BUSY};
    struct price p, q;
    long f;
    int won;
    count_t seen = 0;

    aw_set_allocator(&none);
    await nothing();
    p = await total(o);
    printf("%ld %s\n", p.cents, p.currency);
    o.n = 1;
    await aw_gather(p = total(o), f = factor(the_shop(), 7), nothing());
    printf("%ld %ld\n", p.cents, f);
    q = await aw_wait_for_ms(total(o), 1000);
    printf("%ld\n", q.cents);
    won = await aw_race(total(o), nothing());
    printf("%d\n", won);
    aw_set_allocator(NULL);
    printf("%d %u\n", await tell(listen, 20, &seen), seen);
    aw_for (int i, up_to(3)) {
        printf("%d\n", i);
    }
    return 0;
}
