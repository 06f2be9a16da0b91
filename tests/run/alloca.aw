/* SPDX-License-Identifier: MIT
 * alloca where no await follows: behind the last one, on a path that leaves,
 * around awaits that never suspend, in a function of the C stack; and arrays
 * of variable length in statement expressions, with awaits.
 * warnings: off */
#include <aw.h>
#include <stdio.h>
#include <string.h>

static async int id(int x)
{
    await aw_sleep_ms(1);
    return x;
}

static async int direct(int x)
{
    return x;
}

static async int behind(int n)
{
    n = await id(n);
    char *p = __builtin_alloca((unsigned)n);
    memset(p, 'b', (unsigned)n);
    return p[n - 1];
}

static async int on_a_path(int n)
{
    for (int i = 0;; i++) {
        if (i == n) {
            char *p = __builtin_alloca(4);
            strcpy(p, "end");
            return p[0];
        }
        await id(i);
    }
}

static async int around(int n)
{
    n += await id(1);
    int *p = __builtin_alloca(sizeof *p);
    *p = await direct(n);
    return *p + await direct(({
        *(int *)__builtin_memcpy(__builtin_alloca(sizeof n), &n, sizeof n);
    }));
}

static async int stays(int n)
{
    int *p = __builtin_alloca(sizeof *p);
    *p = await direct(n);
    return *p;
}

static async int in_stmt_expr(int n)
{
    int s = ({
        int a[n];
        a[0] = await id(3);
        a[0] + (int)sizeof a;
    });
    s += ({
        typedef char t[n];
        int k = await id(1);
        (int)sizeof(t) + k + (int)sizeof(char[({ n - 1; })]) - 1;
    });
    return s;
}

async int main(void)
{
    printf("%c\n", await behind(3));
    printf("%c\n", await on_a_path(3));
    printf("%d\n", await around(3));
    printf("%d\n", await stays(3));
    printf("%d\n", await in_stmt_expr(2));
    return 0;
}
