/* SPDX-License-Identifier: MIT */
async const char *fetch(const char *name, unsigned delay_ms);
async void tick(void);

async int all(int n, aw_task(int) t)
{
    const char *r[2];
    int e[2], v;
    await aw_gather(r[0] = fetch("a", 100), e[1] = aw_try(tick()), v = t);
    await aw_gather_each(int i, n, r[i] = fetch("d", i));
    if ((e[0] = await aw_try(r[1] = fetch("b" "c", n << 1))) != 0)
        throw e[0];
    return await aw_wait_for_ms(t, 1000) + v;
}
