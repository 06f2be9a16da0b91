/* SPDX-License-Identifier: MIT
 * C11 6.8.5: every loop, with calls in every part of its header. */
#include <stdio.h>

static int calls;

static int id(int x)
{
    calls++;
    return x;
}

static int while_cond(int n)
{
    int s = 0;
    while (id(n) > 0) {
        s = s * 3 + n;
        n--;
    }
    return s;
}

static int while_plain(int n)
{
    int s = 0;
    while (n-- > 0)
        s += id(n) * 2;
    return s;
}

static int while_continue(int n)
{
    int s = 0;
    while (id(n--) > 0) {
        if (n % 2)
            continue;
        s = s * 10 + n;
    }
    return s;
}

static int do_once(int n)
{
    int s = 0;
    do
        s += id(n);
    while (0);
    return s;
}

static int do_continue(int n)
{
    int s = 0;
    do {
        n--;
        if (n == 3)
            continue;
        s = s * 7 + n;
    } while (id(n) > 0);
    return s;
}

static int do_plain_continue(int n)
{
    int s = 0;
    do {
        n--;
        if (id(n) == 3)
            continue;
        s = s * 7 + n;
    } while (n > 0);
    return s;
}

static int do_break(int n)
{
    do {
        if (id(n) == 2)
            break;
        n--;
    } while (id(1));
    return n;
}

static int for_all(int n)
{
    int s = 0;
    for (int i = id(1); i < id(n); i += id(2))
        s = s * 5 + i;
    return s;
}

static int for_continue(int n)
{
    int s = 0;
    for (int i = 0; i < n; i += id(1)) {
        if (i == 2)
            continue;
        if (i == 5)
            break;
        s = s * 5 + i;
    }
    return s;
}

static int for_cond_only(int n)
{
    int s = 0;
    for (; id(n) > 0;)
        s += n--;
    return s;
}

static int for_step_only(int n)
{
    int s = 0, i = 0;
    for (;; i += id(1)) {
        if (i > n)
            break;
        s += i * i;
    }
    return s;
}

static int for_two(int n)
{
    int s = 0;
    for (int i = 0, *p = &s, j = id(n); i < j; i++, j -= id(1))
        *p = *p * 3 + i * j;
    return s;
}

static int for_address(int n)
{
    int s = 0;
    for (int i = 0; i < n; i++) {
        int *p = &i;
        s += id(*p);
        *p += 1;
    }
    return s;
}

static int for_struct(int n)
{
    int s = 0;
    for (
        struct {
            int a;
            char b;
        } v = {0, 'a'};
        v.a < n; v.a++, v.b++)
        s += id(v.a) * v.b;
    return s;
}

static int for_expr_init(int n)
{
    int i, s = 0;
    for (i = id(2), s = id(1); i < n; ++i)
        s += i;
    return s * i;
}

static int for_empty(int n)
{
    int i;
    for (i = 0; id(i) < n; i++)
        ;
    return i;
}

static int nested(int n)
{
    int s = 0;
    for (int i = 0; i < n; i++) {
        int j = i;
        while (j > 0) {
            int k = 0;
            do {
                if (id(k) == 2)
                    break;
                s += i * 100 + j * 10 + k;
            } while (++k < j);
            if (j == 3)
                break;
            j--;
        }
        if (i == 4)
            continue;
        s ^= i;
    }
    return s;
}

static int nested_shadow(int n)
{
    int s = 0, i = 100;
    for (int i = 0; i < n; i++) {
        int s2 = i;
        for (int i = id(0); i < 2; i += id(1)) {
            int s2 = i;
            s += s2;
        }
        s += s2;
    }
    return s * i;
}

static int local_per_round(int n)
{
    int s = 0;
    for (int i = 0; i < n; i++) {
        int a[3] = {i};
        struct {
            int x, y;
        } q = {.y = i};
        a[1] += id(a[0]);
        q.x += q.y + id(1);
        s += a[0] + a[1] * 10 + a[2] * 100 + q.x;
    }
    return s;
}

static int goto_loop(int n)
{
    int s = 0;
again:;
    int x = id(n);
    s += x;
    if (--n > 0)
        goto again;
    return s;
}

static int comma_cond(int n)
{
    int s = 0;
    while (s += id(1), n-- > 0)
        ;
    return s;
}

static int logical_cond(int n)
{
    int s = 0;
    for (int i = 0; i < n && id(i) != 4; i++)
        s += i;
    while (id(s) > 3 || id(n) > 8)
        s -= 2, n--;
    return s * 100 + n;
}

static int return_inside(int n)
{
    for (int i = 0;; i++)
        for (int j = 0; j < i; j++)
            if (id(i * j) > n)
                return i * 10 + j;
}

int main(void)
{
    for (int n = 0; n < 8; n++) {
        printf("n %d\n", n);
        printf("while_cond %d\n", while_cond(n));
        printf("while_plain %d\n", while_plain(n));
        printf("while_continue %d\n", while_continue(n));
        printf("do_once %d\n", do_once(n));
        printf("do_continue %d\n", do_continue(n));
        printf("do_plain_continue %d\n", do_plain_continue(n));
        printf("do_break %d\n", do_break(n + 2));
        printf("for_all %d\n", for_all(n));
        printf("for_continue %d\n", for_continue(n));
        printf("for_cond_only %d\n", for_cond_only(n));
        printf("for_step_only %d\n", for_step_only(n));
        printf("for_two %d\n", for_two(n));
        printf("for_address %d\n", for_address(n));
        printf("for_struct %d\n", for_struct(n));
        printf("for_expr_init %d\n", for_expr_init(n));
        printf("for_empty %d\n", for_empty(n));
        printf("nested %d\n", nested(n));
        printf("nested_shadow %d\n", nested_shadow(n));
        printf("local_per_round %d\n", local_per_round(n));
        printf("goto_loop %d\n", goto_loop(n));
        printf("comma_cond %d\n", comma_cond(n));
        printf("logical_cond %d\n", logical_cond(n));
        printf("return_inside %d\n", return_inside(n));
    }
    printf("calls %d\n", calls);
    return 0;
}
