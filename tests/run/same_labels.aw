/* SPDX-License-Identifier: MIT
 * Labels of the same name, by __label__, and labels in statement expressions:
 * a jump runs the cleanups between it and its own label.
 * warnings: off */
#include <aw.h>
#include <stdio.h>

static async int v(int x)
{
    await aw_sleep_ms(1);
    return x;
}

static async int in_expression(void)
{
    defer printf("deferred ");
    int x = ({
        int r = await v(1);
        if (r)
            goto out;
        r = 2;
    out:
        r + await v(5);
    });
    return x;
}

static async int own_label(void)
{
    defer printf("deferred ");
    int x = ({
        __label__ out;
        int r = await v(1);
        if (r)
            goto out;
        r = 2;
    out:
        r + await v(6);
    });
    return x;
}

static async int three(void)
{
    int n = 0;
    {
        __label__ out;
        {
            defer printf("A ");
            if (n == 0)
                goto out;
            printf("wrong ");
        }
    out:
        n++;
    }
    {
        __label__ out;
        defer printf("B ");
        if (n == 1) {
            await v(0);
            goto out;
        }
        printf("wrong ");
    out:
        n++;
        printf("in %d ", n);
    }
    {
        __label__ out;
        try {
            __label__ out;
            if (n == 2)
                goto out;
            printf("wrong ");
        out:
            await v(0);
            n++;
            throw 5;
        } catch (5) {
            goto out;
        } finally {
            printf("C ");
        }
        printf("wrong ");
    out:
        n++;
    }
    return n;
}

/* An address is that of one of them. */
static async int addresses(void)
{
    int n = 0;
    try {
        __label__ b;
        goto b;
    b:
        n++;
    } finally {
        n++;
    }
    {
        __label__ b;
        void *p = &&b;
        await v(0);
        goto *p;
        n = 0;
    b:
        n++;
    }
    return n;
}

static async void ways_out(void)
{
    for (int i = 0; i < 3; i++) {
        defer printf("d%d ", i);
        int x = ({
            int r = 0;
            try {
                if (i == 0)
                    goto in;
                if (i == 1)
                    goto next;
                r = 5;
            } finally {
                printf("f ");
                await v(0);
            }
        in:
            r + 1;
        });
        printf("x%d ", x);
    next:;
    }
    putchar('\n');
}

async int main(void)
{
    printf("%d\n", await in_expression());
    printf("%d\n", await own_label());
    printf("%d\n", await three());
    printf("%d\n", await addresses());
    await ways_out();
    return 0;
}
