/* SPDX-License-Identifier: MIT
 * Bytes of a frame, its header included; main.c prints them. */
#include <aw.h>

void use(void *p, unsigned long n);

struct kib {
    char bytes[1024];
};

async int stays(int x)
{
    return x + 1;
}

async int sleeps(int x)
{
    await aw_sleep_ms(10);
    return x + 1;
}

async int calls_direct(int x)
{
    await stays(x);
    await aw_sleep_ms(1);
    return x;
}

async int buffers(void)
{
    {
        char b[256];
        use(b, 256);
        await aw_sleep_ms(1);
        use(b, 256);
    }
    {
        char b[256];
        use(b, 256);
        await aw_sleep_ms(1);
        use(b, 256);
    }
    {
        char b[256];
        use(b, 256);
        await aw_sleep_ms(1);
        use(b, 256);
    }
    return 1;
}

async int nested1(int x)
{
    int y = await sleeps(x);
    return y + x;
}

async int nested2(int x)
{
    int y = await nested1(x);
    return y + x;
}

async int gather3(void)
{
    int x, y, z;
    await aw_gather(x = sleeps(1), y = sleeps(2), z = sleeps(3));
    return x + y + z;
}

async int scopes(void)
{
    {
        char b[1024];
        use(b, 1024);
        await aw_sleep_ms(0);
        use(b, 1024);
        await aw_sleep_ms(0);
        use(b, 1024);
    }
    {
        char b[1024];
        use(b, 1024);
        await aw_sleep_ms(0);
        use(b, 1024);
        await aw_sleep_ms(0);
        use(b, 1024);
    }
    return 1;
}

async int down1(struct kib x)
{
    await aw_sleep_ms(0);
    use(&x, sizeof x);
    return 1;
}

async int down2(struct kib x)
{
    return await down1(x) + 1;
}

async int down3(struct kib x)
{
    return await down2(x) + 1;
}

async int down4(struct kib x)
{
    return await down3(x) + 1;
}

async int tail(int x)
{
    return await sleeps(x);
}
