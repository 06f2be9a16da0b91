/* SPDX-License-Identifier: MIT
 * Forms with too few or too many arguments. */
async int f(int x);
async void v(void);

async int g(int n)
{
    await aw_race();
    await aw_wait_for_ms(f(1));
    await aw_wait_for_ms(f(1), 2, 3);
    await aw_try(f(1), f(2));
    aw_create_task();
    aw_cancel();
    return n;
}
