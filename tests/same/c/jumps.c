/* SPDX-License-Identifier: MIT
 * C11 6.8.6 and GNU computed goto: jumps in every legal direction. */
#include <stdio.h>

static int id(int x)
{
    return x;
}

static int forward(int n)
{
    int r = id(n);
    if (r > 2)
        goto end;
    r += id(10);
end:
    return r;
}

static int backward(int n)
{
    int r = 0;
top:
    r = r * 2 + id(1);
    if (n-- > 0)
        goto top;
    return r;
}

static int into_block(int n)
{
    int r = 0;
    if (n > 2)
        goto inside;
    {
        int x = id(5);
        r += x;
    inside:
        x = n;
        id(0);
        r += x;
    }
    return r;
}

static int into_loop(int n)
{
    int i = 3, r = 0;
    if (n % 2)
        goto inside;
    for (i = 0; i < n; i += id(1)) {
        r += 10;
    inside:
        r += id(i);
    }
    return r;
}

static int into_loop_var(int n)
{
    int r = 0;
    goto check;
    while (id(n) > 0) {
        r = r * 3 + n;
    check:
        n--;
    }
    return r;
}

static int into_do(int n)
{
    int r = 0;
    if (n == 1)
        goto in;
    do {
        r += id(100);
    in:
        r += id(n);
    } while (--n > 0);
    return r;
}

static int into_else(int n)
{
    int r = 0;
    if (n == 4)
        goto other;
    if (id(n) == 1) {
        r = id(1);
        goto other;
    } else {
        r = 50;
    other:
        r += id(7);
    }
    return r;
}

static int out_of_nest(int n)
{
    int r = 0;
    for (int i = 0; i < 5; i++) {
        int a = id(i);
        while (1) {
            int b = a;
            do {
                r += b;
                if (id(r) > n * 5)
                    goto out;
                if (r % 3 == 0)
                    goto next;
            } while (b-- > 0);
            break;
        }
    next:;
    }
out:
    return r;
}

static int past_initialiser(int n)
{
    int r = 0;
    goto in;
    {
        int x = id(4), y = 3;
        r = 1000;
    in:
        x = n;
        y = id(x);
        r += y + x;
    }
    return r;
}

static int back_before_declaration(int n)
{
    int r = 0, first = 1;
again:;
    int x = first ? id(5) : id(6);
    int *p = &x;
    r = r * 10 + *p;
    first = 0;
    x += 3;
    id(0);
    if (r < 500 && *p > 7 && n-- > 0)
        goto again;
    return r;
}

static int crossing(int n)
{
    int r = 0;
    goto b;
a:
    r += id(1);
    goto c;
b:
    r += id(10);
    if (n > 2)
        goto a;
c:
    r += id(100);
    if (r < 400 && n-- > 0)
        goto b;
    return r;
}

static int computed(int n)
{
    static void *const table[] = {&&zero, &&one, &&two};
    int r = 0;
    goto *table[n % 3];
zero:
    r += id(1);
one:
    r += id(10);
    if (r > 30)
        goto end;
    goto *table[2];
two:
    r += id(20);
    goto *table[(r + id(n)) % 2];
end:
    return r;
}

static int computed_local(int n)
{
    void *next = &&first;
    int r = 0;
    goto *next;
first:
    r++;
    next = id(n) > 2 ? &&second : &&last;
    goto *next;
second:
    r += id(10);
    n--;
    next = &&first;
    goto *next;
last:
    return r;
}

static int computed_offset(int n)
{
    static const int off[] = {&&a - &&a, &&b - &&a, &&c - &&a};
    int r = 0;
    id(0);
    goto *(&&a + off[id(n) % 3]);
a:
    r += 1;
b:
    r += id(10);
c:
    r += 100;
    return r;
}

static int interpreter(const char *code)
{
    int r = 0;
    const char *pc = code;
    for (;;)
        switch (*pc++) {
        case '+': r += id(1); break;
        case '*': r *= id(2); break;
        case 'r':
            if (id(r) < 20)
                pc = code;
            break;
        case 0: return r;
        default: goto bad;
        }
bad:
    return -1;
}

/* Back into the scope of a loop's variable, which has no value then. */
static int back_into_loop(int n)
{
    int r = 0;
    for (int i = 0; i < 3; i++) {
        r += id(i);
    inside:
        r += id(n);
        if (r > 6)
            break;
    }
    id(0);
    r += 20;
    if (r < 40)
        goto inside;
    return r;
}

static int back_computed(int n)
{
    void *to[2] = {&&inside, &&end};
    int r = 0;
    for (int i = id(0); i < 2; i++) {
    inside:
        r += id(n) + 1;
        if (r > 2)
            break;
    }
    id(0);
    r += 20;
    goto *to[r > id(30)];
end:
    return r;
}

static int local_labels(int n)
{
    int r = 0;
    {
        __label__ out;
        if (id(n) > 2)
            goto out;
        r += 1;
    out:
        r += 10;
    }
    {
        __label__ out;
        if (n < 5)
            goto out;
        r += 100;
    out:
        r += id(1000);
    }
    return r;
}

static int label_at_end(int n)
{
    int r = id(n);
    {
        if (r > 3)
            goto end;
        r += id(2);
    end:;
    }
    return r;
}

static int dead_code(int n)
{
    return id(n);
    n = id(3);
    for (;;)
        id(n);
    {
    hidden:
        return id(4);
    }
    goto hidden;
}

static void nothing(int n, int *r)
{
    if (n > 3)
        return;
    *r += id(n);
    if (n > 1) {
        *r += 5;
        return;
    }
    *r += id(50);
}

static int return_void(int n)
{
    int r = 0;
    nothing(n, &r);
    nothing(n + 2, &r);
    return r;
}

int main(void)
{
    for (int n = 0; n < 7; n++) {
        printf("n %d\n", n);
        printf("forward %d\n", forward(n));
        printf("backward %d\n", backward(n));
        printf("into_block %d\n", into_block(n));
        printf("into_loop %d\n", into_loop(n));
        printf("into_loop_var %d\n", into_loop_var(n));
        printf("into_do %d\n", into_do(n));
        printf("into_else %d\n", into_else(n));
        printf("out_of_nest %d\n", out_of_nest(n));
        printf("past_initialiser %d\n", past_initialiser(n));
        printf("back_before_declaration %d\n", back_before_declaration(n));
        printf("crossing %d\n", crossing(n));
        printf("computed %d\n", computed(n));
        printf("computed_local %d\n", computed_local(n));
        printf("computed_offset %d\n", computed_offset(n));
        printf("local_labels %d\n", local_labels(n));
        printf("back_into_loop %d\n", back_into_loop(n + 7));
        printf("back_computed %d\n", back_computed(n + 2));
        printf("label_at_end %d\n", label_at_end(n));
        printf("dead_code %d\n", dead_code(n));
        printf("return_void %d\n", return_void(n));
    }
    printf("interpreter %d %d\n", interpreter("++*r+"), interpreter("x"));
    return 0;
}
