/* Forms whose names are nearly right: an error each, nothing behind it. */
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

static async int combinators(void)
{
    int x, y;
    aw_task(int) t;
    await aw_gahter(x = f(1), f(2));
    x = await aw_rcae(x = f(1), y = f(2));
    x = await aw_tyr(x = f(1));
    x = await aw_wait_for_m(f(1), 5);
    x = await aw_sheild(f(1));
    t = aw_creat_task(f(1));
    aw_create_tsak(f(1));
    await aw_gather_task(&t, 1);
    aw_cancl(t);
    return x;
}

static async int blocks(void)
{
    int x = 0;
    aw_gruop (g) {
        aw_group_spwan(g, x = f(1));
    }
    aw_timeot_ms (5) {
        await f(1);
    }
    aw_fro (int y, count(3)) {
        x += y;
    }
    return x;
}

int main(void)
{
    int x;
    int e = aw_rnu(x = f(1));
    return e + aw_loop_run_until_complet(x = f(1));
}
