/* Words and keywords that are nearly right are read as what was meant. */
#include <aw.h>

asnyc int one(void)
{
    await aw_sleep_ms(1);
    retrun 1;
}

static aysnc void two(void)
{
    tyr {
        await one();
    } catc (1) {
        trow 2;
    } finaly {
        int n = awiat one() + undeclared;
    }
    whlie (await one()) {
        swicth (await one()) {
        case 1: break;
        }
    }
}

async int main(void)
{
    await two();
    elif (await one()) {
        return 3;
    }
    return await one();
}
