/* SPDX-License-Identifier: MIT
 * Every way out of protected code: end, return, continue, break, throw, the
 * error of an await; clauses in order, finally and defers on each. */
#include <aw.h>
#include <errno.h>
#include <stdio.h>

static async int risky(int n)
{
    await aw_sleep_ms(1);
    if (n == 1)
        throw EAGAIN;
    if (n == 2)
        throw EIO;
    return n * 10;
}

static async int work(int n)
{
    int r = -1;
    defer printf("defer 1 of %d, r %d\n", n, r);
    try {
        defer
        {
            await aw_sleep_ms(1);
            puts("defer in try");
        }
        r = await risky(n);
        if (n == 5)
            return 55;
    } catch (EAGAIN, EINTR) {
        printf("again %d\n", aw_caught());
        r = 7;
    } catch (int e) {
        printf("error %d\n", e);
        throw e + 100;
    } finally {
        puts("finally");
    }
    for (int i = 0; i < 3; i++) {
        defer printf("end of round %d\n", i);
        if (i == n)
            continue;
        if (i == 2 && n == 3)
            break;
        await aw_sleep_ms(1);
    }
    return r;
}

async int main(void)
{
    for (int n = 0; n < 6; n++) {
        try {
            printf("work(%d) = %d\n", n, await work(n));
        } catch (int e) {
            printf("work(%d) threw %d\n", n, e);
        }
    }
    return 0;
}
