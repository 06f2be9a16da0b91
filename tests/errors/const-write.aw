/* SPDX-License-Identifier: MIT
 * Declarations are split in the output and lose their const. */
async int f(int x);
async void v(void);
struct point { int x; };

async int g(int n)
{
    const int c = 1;
    const int a[2] = {1, 2};
    const struct point p = {1};
    const struct point *q = &p;
    c = 2;
    c++;
    a[1] += 1;
    p.x = 3;
    q->x = 3;
    q = 0;
    return n;
}
