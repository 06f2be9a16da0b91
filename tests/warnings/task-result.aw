/* Results of tasks that nothing can await. */
#include <aw.h>

static async int f(int x)
{
    await aw_sleep_ms(1);
    return x;
}

static async void quiet(void)
{
    await aw_sleep_ms(1);
}

static aw_task(int) kept;

async int main(void)
{
    aw_task(int) a = aw_create_task(f(1));
    aw_task(int) b, c, d;
    static aw_task(int) s;
    static aw_task_storage(f) place;

    aw_create_task(f(2));
    b = aw_create_task(f(3));
    b = (aw_create_task(f(4)));
    aw_create_task(aw_wait_for_ms(f(6), 5));

    /* none of these is lost */
    aw_create_task(quiet());
    aw_start(&place, f(5));
    aw_task_release(aw_create_task(f(7)));
    kept = s = aw_create_task(f(8));
    c = aw_create_task(f(9));
    d = aw_create_task(f(10));
    aw_cancel(d);
    return await c;
}
