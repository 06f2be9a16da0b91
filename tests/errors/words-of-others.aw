/* What asyncio, JavaScript and C++ call it. */
#include <aw.h>

static async int f(int n)
{
    await aw_sleep_ms(n);
    return n;
}

async function load(int n)
{
    return await f(n);
}

async int main(void)
{
    let x = await load(1);
    await gather(x = f(1), f(2));
    aw_task(int) t = create_task(f(3));
    x = await wait_for(f(1), 100);
    x = await aw_wait_for(f(1), 100);
    x = await Promise.all(load(1), load(2));
    async with aw_timeout_ms(5) {
        await f(1);
    }
    async for (int y, f(1)) {
        x += y;
    }
    x = await (async (int y) => y + 1)(2);
    return throw 5;
}
