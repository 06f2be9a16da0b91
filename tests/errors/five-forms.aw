/* Five mistakes, five errors. */
#include <aw.h>

async int f(int x);
async void v(void);

async int a(int n)
{
    int r;
    r = await aw_wait_for_ms(f(n));
    await aw_gather(r = v(), r = f(2));
    aw_group (g) {
        int own;
        aw_group_spawn(g, own = f(1));
    }
    aw_for (int i, f(n)) { r += i; }
    return await (n ? f(1) : f(2));
}
