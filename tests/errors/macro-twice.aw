/* An error in what a macro mentions twice is said once. */
#include <aw.h>

#define TWICE(x) ((x) + (x))

async int main(void)
{
    int a = TWICE(await never_declared(1));
    return a + missing + missing;
}
