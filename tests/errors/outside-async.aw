/* SPDX-License-Identifier: MIT
 * Words of the dialect in plain functions, and ordinary names like them. */
async int f(int x);
async void v(void);

int plain(int n)
{
    await f(n);
    throw n;
    defer plain(1);
    try { n++; } catch (int e) { }
    n = 1 + _Await f(1);
    aw_timeout_ms (5) { n++; }
    aw_run(f(1));
    return n;
}

int names(int await, int yield)
{
    int try = 1, throw = 2;
    struct { int defer; } s = {await};
    throw = try + s.defer * yield;
    goto catch;
catch:
    return throw;
}
