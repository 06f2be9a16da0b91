/* SPDX-License-Identifier: MIT
 * Tasks: work that goes on while its creator does something else.
 *
 * You will see main go on first, then the tasks in the order in which their
 * sleeps end, then the sum of what they returned. */
#include <aw.h>
#include <stdio.h>

static async int square(int x, unsigned ms)
{
    printf("square(%d) begins\n", x);
    await aw_sleep_ms(ms);
    printf("square(%d) ends\n", x);
    return x * x;
}

async int main(void)
{
    aw_task(int) a = aw_create_task(square(3, 60));
    aw_task(int) b = aw_create_task(square(4, 30));
    puts("both are scheduled, neither has begun");
    int x = await a;
    int y = await b;
    printf("9 + 16 = %d\n", x + y);
    aw_task_release(a);
    aw_task_release(b);
    return 0;
}
