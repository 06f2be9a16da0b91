/* SPDX-License-Identifier: MIT
 * What must be constant cannot wait. */
async int f(int x);
async void v(void);

async int g(int n)
{
    static int s = await f(1);
    switch (n) {
    case await f(2): n++;
    }
    int d[3] = {[await f(1)] = 2};
    enum { A = await f(3) };
    n = s + d[0];
    return n;
}
