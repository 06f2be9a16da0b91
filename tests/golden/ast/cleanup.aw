/* SPDX-License-Identifier: MIT */
async int step(int n);
void done(int);

async int run(int n)
{
    defer done(n);
    for (int i = 0; i < n; i++) {
        try {
            n += await step(i);
        } catch (1, 2) {
            continue;
        } catch (int e) {
            throw e + aw_caught();
        } finally {
            await step(({ int k = n; -k; }));
        }
    }
    return n;
}
