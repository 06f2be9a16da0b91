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
    await f(vla[0]);
    return 0;
}
