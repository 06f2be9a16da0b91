/* SPDX-License-Identifier: MIT
 * A gather of calls never touches the heap. */
#include <aw.h>
#include <malloc.h>
#include <stdio.h>

static async int child(int x)
{
    await aw_sleep_ms(x);
    return x;
}

async int main(void)
{
    int a, b;
    size_t before = mallinfo2().uordblks;
    await aw_gather(a = child(1), b = child(2));
    size_t after = mallinfo2().uordblks;
    printf("%d %d, heap grew by %zu\n", a, b, after - before);
    return 0;
}
