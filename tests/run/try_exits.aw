/* SPDX-License-Identifier: MIT
 * Every way out of nested try, catch, finally, defer and cleanup attributes,
 * with awaits in all of them; the same program for Python prints the same.
 * warnings: off */
#include <aw.h>
#include <errno.h>
#include <stdio.h>
#define P(...) (printf(__VA_ARGS__), printf("\n"))
static async int v(int n)
{
    if (n & 1)
        await aw_sleep_ms(1);
    if (n >= 100)
        throw n;
    return n;
}
static void cl(int *p)
{
    P("cleanup %d", *p);
}
static async int ret(int k)
{
    __attribute__((cleanup(cl))) int a = 1;
    for (int i = 0; i < 3; i++) {
        __attribute__((cleanup(cl))) int b = 10 + i;
        defer P("defer %d", i);
        try {
            defer
            {
                P("d1 %d", await v(1));
            }
            switch (k) {
            case 0:
                if (i == 1)
                    return await v(7);
                break;
            case 1:
                if (i == 1)
                    break;
                continue;
            case 2:
                if (i == 1)
                    goto out;
                await v(3);
                break;
            case 3:
                if (i == 1)
                    throw await v(5);
                break;
            case 4:
                if (i == 1)
                    await v(101);
                break;
            case 5:
                if (i == 1)
                    try {
                        await v(103);
                    } catch (103) {
                        throw aw_caught() + 1;
                    } finally {
                        P("ff %d", await v(9));
                    }
                break;
            case 6:
                if (i == 1)
                    try {
                        return await v(1);
                    } finally {
                        await v(105);
                    }
                break;
            case 7:
                while (1) {
                    try {
                        if (i == 1)
                            break;
                        else
                            goto cont;
                    } finally {
                        P("w");
                        await v(1);
                    }
                }
                break;
            cont:
                P("cont");
                break;
            }
            P("end body %d", i);
        } catch (5, 104) {
            P("c5 %d", aw_caught());
            if (k == 3)
                continue;
            break;
        } catch (int e) {
            P("ce %d", e);
            if (k == 4)
                return await v(e - 100);
            defer
            {
                P("dc %d", await v(e));
            }
            throw e;
        } finally {
            for (int j = 0; j < 3; j++) {
                if (j == 1)
                    continue;
                P("fin %d %d", i, await v(j));
                if (j == 2)
                    break;
            }
            if (k == 4) {
                defer P("in fin");
                await v(1);
            }
        }
        P("after %d", i);
    }
    P("loop done");
    return 99;
out:
    P("out");
    return -1;
}
async int main(void)
{
    for (int k = 0; k < 8; k++) {
        int r = 0, e;
        P("== %d", k);
        e = await aw_try(r = ret(k));
        P("-> %d %d", e, r);
    }
    return 0;
}
