/* SPDX-License-Identifier: MIT */
#include <aw.h>
async int f(int x);

static async int g(int n, int *r)
{
    for (int i = 0; i < n; i++) {
        aw_timeout_ms (n) {
            if (await f(i))
                break;
        }
        aw_group (g, .limit = 2) {
            aw_group_spawn(g, *r = f(await f(2)));
            return 1;
        }
    }
    return 0;
}
