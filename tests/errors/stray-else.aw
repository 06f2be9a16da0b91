/* What stands alone, and a string without its end. */
#include <aw.h>

async int main(void)
{
    else
        await aw_sleep_ms(1);
    try {
        await aw_sleep_ms(1);
    } catch (1 || 2) {
    } catch (4 | 8) {
    }
    const char *s = "no end;
    await aw_sleep_ms(2);
    return 0;
}
