#include <aw.h>

static void touch(void)
{
    undeclared += 1;

async int keep(int n)
{
    await aw_sleep_ms(n);
    return n;
}
