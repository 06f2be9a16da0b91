/* SPDX-License-Identifier: MIT
 * A case that ends in a return, break or throw inside of try, defer or a
 * group does not seem to fall through to the next one. */
#include <aw.h>
#include <stdio.h>

static async int v(int x)
{
    await aw_sleep_ms(1);
    return x;
}

static async int returns(int k)
{
    switch (await v(k)) {
    case 0: {
        defer printf("d0 ");
        return 10;
    }
    case 1: try { throw 4;
        } catch (4) {
            return 11;
        }
    case 2:
        aw_group (g) {
            aw_group_spawn(g, v(1));
            if (await v(1))
                return 12;
            return 13;
        }
    case 3: {
        defer printf("d3 ");
        throw 33;
    }
    case 4:
        aw_timeout_ms (1000) {
            defer printf("d4 ");
            throw 44;
        }
    default: return 14;
    }
}

static async int breaks(int k)
{
    int r = 0;
    for (int i = 0; i < 3; i++) {
        switch (await v(k)) {
        case 0:
            try {
                r += await v(1);
                break;
            } finally {
                r += 10;
            }
        case 1:
            try {
                if (i == 1)
                    continue;
                break;
            } finally {
                r += 100;
            }
        case 2: {
            defer r += await v(1000);
            continue;
        }
        default: r = -1;
        }
        r += 5;
    }
    return r;
}

static async int endless(void)
{
    int n = 0;
    defer printf("endless %d ", n);
    for (;;) {
        try {
            if (await v(n++) >= 3)
                throw 5;
        } catch (int e) {
            return e;
        } finally {
            n++;
        }
    }
}

async int main(void)
{
    for (int k = 0; k < 6; k++) {
        int r = 0;
        int e = await aw_try(r = returns(k));
        printf("%d %d\n", e, r);
    }
    for (int k = 0; k < 4; k++)
        printf("%d ", await breaks(k));
    printf("\n%d\n", await endless());
    return 0;
}
