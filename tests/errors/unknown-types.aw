/* Types and names whose header is missing; what uses them is understood. */
#include <aw.h>

static async void show(unsigned ms, FILE *to, record r)
{
    await aw_sleep_ms(ms);
}

static thing *make(int n)
{
    return n ? (thing *)0 : aw_run(show(1, 0, 0));
}

async int main(void)
{
    record r = {0};
    unsinged n = INT_MAX;
    await show(n, stdout, r);
    try {
        await show(1, NULL, r);
    } catch (EIO) {
        return SIGINT;
    }
    throw ENOENT;
}
