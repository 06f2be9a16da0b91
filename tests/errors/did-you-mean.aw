/* Names that are nearly right. */
#include <aw.h>

static async int fetch(int number)
{
    await aw_sleep_ms(number);
    return numbr;
}

async int main(void)
{
    int total = fecth(1);

    totla += awiat fetch(2);
    awat fetch(3);
    await aw_gahter(total = fetch(4));
    yeild;
    return unlike_anything;
}
