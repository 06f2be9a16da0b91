/* SPDX-License-Identifier: MIT
 * What gives no value cannot be used as one. */
async void v(void);
async int f(int x);

async int g(int a)
{
    int x = await v();
    x = await v();
    x = a ? await v() : await v();
    x = (a, await v());
    x = ({ await v(); });
    x = a ?: (void)await f(2);
    x = __builtin_choose_expr(1, (void)await f(2), 1);
    await f(await v());
    int y[] = { await v() };
    if (await v())
        switch (await v()) { default:; }
    while (({ await v(); }))
        x++;
    a ? await v() : (void)await f(1);
    (await v(), await v());
    __builtin_choose_expr(1, await v(), 1);
    _Generic(x, int: (void)await f(4), default: 2);
    return x + y[0];
}
