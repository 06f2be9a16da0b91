#include <aw.h>
static async int one(int i)
{
    await aw_sleep_ms(i);
    return i;
}
async int both(void)
{
    int r[2];
    await aw_gather(r[0] = one(1), r[1] = one(2));
    return r[0] + r[1];
}
