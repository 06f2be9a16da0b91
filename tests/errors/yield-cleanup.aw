/* SPDX-License-Identifier: MIT
 * No value can be given out while a block is left. */
async_generator(int) gen(int n)
{
    defer { yield 1; }
    try {
        yield n;
    } finally {
        yield 2;
    }
}
