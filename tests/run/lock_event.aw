/* SPDX-License-Identifier: MIT
 * Lock, event and tasks from compiled code: the frames of <aw.h> are embedded.
 */
#include <aw.h>
#include <stdio.h>
static aw_lock l = AW_LOCK_INIT;
static aw_event e = AW_EVENT_INIT;
static async int work(int n)
{
    await aw_lock_acquire(&l);
    await aw_sleep_ms(10);
    aw_lock_release(&l);
    if (n == 2)
        aw_event_set(&e);
    return n;
}
async int main(void)
{
    int a, b;
    aw_task(int) t = aw_create_task(work(3));
    await aw_gather(a = work(1), b = work(2));
    await aw_event_wait(&e);
    int c = await t;
    aw_task_release(t);
    printf("%d %d %d\n", a, b, c);
    return 0;
}
