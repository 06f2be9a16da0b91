/* Tasks, their results, and coroutines are three things. */
#include <aw.h>

struct pair {
    int x, y[2];
};

static async int f(int n)
{
    await aw_sleep_ms(n);
    return n;
}

static async struct pair both(int n)
{
    await aw_sleep_ms(n);
    return (struct pair){n, {n, n}};
}

async int main(void)
{
    aw_task(int) t = f(1), none = 0;
    int n = aw_create_task(f(1));
    aw_task(int) u = await aw_create_task(f(1));
    none = f(2);
    n = t;
    n = t + 1;
    n = await both(1).x + await both(2).y[1];
    n += (await both(1)).z;
    bool set = t;
    return set ? n : await u;
}
