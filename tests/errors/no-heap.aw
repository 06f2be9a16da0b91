/* SPDX-License-Identifier: MIT
 * options: --no-heap */
#include <aw.h>

static async int leaf(int x)
{
    await aw_sleep_ms(1);
    return x;
}

static async int cycle(int x)
{
    return x ? await cycle(x - 1) : 0;
}

async int elsewhere(int x);
async_generator(int) numbers(void);

static async void all(async int (*f)(int), aw_task(int) *tasks, int n)
{
    int v[n], r;
    v[0] = await leaf(n);
    aw_task(int) t = aw_create_task(leaf(v[0]));
    await f(1);
    await elsewhere(1);
    await aw_gather(r = elsewhere(2), f(3), leaf(4), t);
    await aw_gather_tasks(tasks, 2);
    await aw_gather_each(int i, n, v[i] = leaf(i));
    await aw_gather_each(int i, 2, tasks[i]);
    await aw_gather_each(int i, 2, leaf(i));
    await aw_gather_each(int i, 2, r = f(i));
    await aw_gather_each(int i, 2, all(f, tasks, i - 1));
    aw_group (g) {
        aw_group_spawn(g, r = leaf(5));
    }
    aw_for (int x, numbers()) {
        if (x)
            break;
    }
}

int main(void)
{
    return aw_run(all(leaf, 0, 1)) + aw_run(cycle(1)) + aw_run(elsewhere(1));
}
