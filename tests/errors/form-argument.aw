/* SPDX-License-Identifier: MIT
 * Forms that want something particular. */
async int f(int x);
async void v(void);

async int g(int n, aw_task(int) t, aw_queue(int) *q)
{
    aw_cancel(n);
    aw_done(f);
    await aw_gather_tasks(t, 1);
    await aw_gather_tasks(&t, 1);
    aw_queue_close(n);
    n = await aw_queue_get(q);
    n = await aw_queue_get(&n);
    await aw_queue_put(q, 3);
    await aw_wait_for_ms(f(1), "1");
    return n;
}
