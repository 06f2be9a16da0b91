/* A brace is missing before a plain function. */
#include <aw.h>

static async int first(void)
{
    for (int i = 0; i < 3; i++) {
        await aw_sleep_ms(i);
    return 0;
}

static int plain(void)
{
    return undeclared_but_left_to_c;
}

async int main(void)
{
    while (1) {
        await first();
    return plain();
}

int last(int n)
{
    return n;
}
