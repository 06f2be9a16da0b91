/* SPDX-License-Identifier: MIT
 * What cannot be with sizes of run time around an await. */
#include <aw.h>

async int f(int n);

async int main(void)
{
    int n = await f(1);
    static int (*p)[n];
    _Alignas(64) int a[n];
    struct {
        int a[n];
    } s;
    await f(a[0]);
    p = (void *)a;
    return (int)sizeof s + (*p)[0];
}
