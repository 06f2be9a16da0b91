/* Loops that keep the loop from running anything else. */
#include <aw.h>
#include <stdlib.h>

static int n;

static async void spins(void)
{
    for (;;)
        n++;
}

static async void spins_too(int x)
{
    while (1) {
        switch (x) {
        case 1: break;
        default: continue;
        }
        for (; n < 10; n++)
            if (n == 5)
                break;
    }
}

static async void last(void)
{
    do {
        n++;
    } while (1);
}

/* Each of these has a way out. */
static async int fine(int x)
{
    for (;;) {
        if (n++ > 3)
            break;
    }
    while (1) {
        if (n++ > 9)
            goto out;
    }
out:
    for (; n < 20;) {
        for (;;) {
            if (n++)
                break;
        }
    }
    while (x == 1) {
        while (1) {
            if (n++ > 30)
                throw 1;
            else
                return 2;
        }
    }
    for (; x == 2;) {
        for (;;)
            exit(n);
    }
    while (1)
        await aw_sleep_ms(10);
}

static void plain(void)
{
    for (;;)
        aw_run(spins());
}

async int main(void)
{
    plain();
    await spins();
    await spins_too(1);
    await last();
    return await fine(1);
}
