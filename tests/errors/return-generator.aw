/* SPDX-License-Identifier: MIT
 * A generator yields values, it returns none. */
async_generator(int) gen(int n)
{
    yield n;
    if (n)
        return;
    return n;
}
