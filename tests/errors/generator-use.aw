/* SPDX-License-Identifier: MIT
 * Only aw_for may consume a generator. */
async_generator(int) gen(int n)
{
    yield n;
}

async int g(int n)
{
    await gen(n);
    aw_create_task(gen(n));
    gen(n);
    aw_for (int x, gen(3)) { n += x; }
    aw_for (int x, n) { n += x; }
    return n;
}
