/* Statements where the dialect wants blocks. */
#include <aw.h>

static async int f(int n)
{
    await aw_sleep_ms(n);
    return n;
}

static async_generator(int) count(int n)
{
    yield n;
}

async int main(void)
{
    int x = 0;
    try
        x = await f(1);
    catch (1)
        x = 2;
    finally
        x = 3;
    aw_group (g)
        aw_group_spawn(g, f(1));
    aw_timeout_ms (5) await f(x);
    aw_for (int y, count(3))
        x += y;
    aw_group (h); {
        x = await f(2);
    }
    return x;
}
