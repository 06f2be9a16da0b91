/* async behind the type. */
#include <aw.h>

int async one(void)
{
    await aw_sleep_ms(1);
    return 1;
}

static void async *two(void)
{
    await one();
    return 0;
}

async int main(void)
{
    return await two() != 0;
}
