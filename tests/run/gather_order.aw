/* SPDX-License-Identifier: MIT
 * Children of a gather start in argument order, after all arguments are
 * evaluated, and end by their sleeps; the gather takes as long as the
 * longest. */
#include <aw.h>
#include <stdio.h>

static int note(const char *what, int n)
{
    printf("argument %s\n", what);
    return n;
}

static async int child(const char *name, int ms)
{
    printf("%s starts\n", name);
    await aw_sleep_ms(ms);
    printf("%s ends at %d\n", name, (int)aw_now_ms());
    return ms;
}

async int main(void)
{
    int64_t start = aw_now_ms();
    int a, b, c;
    await aw_gather(a = child("a", note("a", 30)),
                    b = child("b", note("b", 10)),
                    c = child("c", note("c", 20)));
    printf("%d %d %d after %d\n", a, b, c, (int)(aw_now_ms() - start));
    return 0;
}
