/* SPDX-License-Identifier: MIT
 * What the language has and lowering does not take yet. */
#include <aw.h>

async int f(int n);

async int main(void)
{
    int n = await f(1);
    int vla[n];
    typedef int row[n];
    struct {
        int a[n];
    } s;
    aw_timeout_ms (10) {
        await f(2);
    }
    aw_group (g) {
        aw_group_spawn(g, f(3));
    }
    await f(vla[0]);
    return 0;
}
