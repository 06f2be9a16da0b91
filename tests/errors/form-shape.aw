/* Forms that lack their parentheses, or stand where they cannot. */
#include <aw.h>

static async int f(int n)
{
    await aw_sleep_ms(n);
    return n;
}

async int main(void)
{
    aw_task t = aw_create_task(f(1));
    aw_queue q;
    aw_group {
        await f(1);
    }
    aw_group g {
        await f(1);
    }
    aw_timeout_ms {
        await f(1);
    }
    await aw_timeout_ms(5) { f(1); }
    int n = await aw_wait_for_ms(n = f(1), 5);
    await f;
    aw_queue_get(0);
    return n;
}
