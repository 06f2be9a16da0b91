/* SPDX-License-Identifier: MIT
 * await wants a call of an async function or a task. */
async int f(int x);
async void v(void);
int plain(int);

async int g(int n)
{
    await n;
    await plain(1);
    await 1 + n;
    aw_run(n = plain(2));
    await aw_gather(n = 5);
    aw_create_task(n);
    return n;
}
