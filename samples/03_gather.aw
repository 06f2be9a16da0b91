/* SPDX-License-Identifier: MIT
 * Three calls at the same time: results in argument order, whoever ends first.
 *
 * You will see ['a', 'b', 'c'] after 200 ms, which is what the slowest of the
 * three sleeps takes, and not after the 350 ms they take one by one. The
 * exact time goes to standard error. */
#include <aw.h>
#include <stdio.h>

static async const char *fetch(const char *name, unsigned delay_ms)
{
    await aw_sleep_ms(delay_ms);
    return name;
}

async int main(void)
{
    int64_t start = aw_now_ms();
    const char *r[3];
    await aw_gather(r[0] = fetch("a", 100), r[1] = fetch("b", 200),
                    r[2] = fetch("c", 50));
    printf("['%s', '%s', '%s']\n", r[0], r[1], r[2]);

    int64_t took = aw_now_ms() - start;
    fprintf(stderr, "took %d ms\n", (int)took);
    printf("at least 200 ms: %s\n", took >= 200 ? "yes" : "no");
    printf("concurrent: %s\n", took < 350 ? "yes" : "no");
    return 0;
}
