/* SPDX-License-Identifier: MIT
 * C11 6.8.4.2 and GNU case ranges: switch in all its shapes. */
#include <stdio.h>

enum color { RED, GREEN = 5, BLUE };

static int id(int x)
{
    return x;
}

static int plain(int n)
{
    int r;
    switch (id(n)) {
    case 0: r = id(10); break;
    case 1: r = 11; break;
    default: r = id(99);
    }
    return r;
}

static int fall_through(int n)
{
    int r = 0;
    switch (n) {
    case 0: r += id(1);
    case 1: r += 10;
    case 2: r += id(100); break;
    case 3: r += 1000;
    default: r += id(10000);
    }
    return r;
}

static int default_first(int n)
{
    int r = 0;
    switch (n) {
    default: r += id(1);
    case 2: r += id(2); break;
    case 3: r += id(3);
    }
    return r;
}

static int no_default(int n)
{
    int r = 7;
    switch (id(n)) {
    case 4: r = id(3);
    }
    return r;
}

static int ranges(int n)
{
    switch (n) {
    case 0 ... 2: return id(1);
    case 3 ... 5: n += id(7);
    case 700: return n;
    case 'a' ... 'z': return -1;
    }
    return id(-2);
}

static int declared_before_case(int n)
{
    int r = 0;
    switch (n) {
        int x;
        int y[2];
    case 1:
        x = id(3);
        y[0] = x;
        r += id(x) + y[0];
        break;
    case 2:
        x = 9;
        y[1] = 5;
        id(0);
        r += x * y[1];
        break;
    default: r = -1;
    }
    return r;
}

static int declared_in_case(int n)
{
    switch (n) {
    case 0:; int a = id(3); return a;
    case 1: {
        int a[2] = {id(4), 5};
        id(1);
        return a[0] + a[1];
    }
    case 2:
        a = 12;
        id(2);
        return a;
    }
    return 0;
}

static int nested(int a, int b)
{
    int r = 0;
    switch (id(a)) {
    case 0:
        switch (id(b)) {
        case 0: r = id(1); break;
        case 1: r = 2;
        default: r += id(30);
        }
        r += 100;
        break;
    case 1:
        switch (b)
        case 1: r = id(77); break;
    default:
        for (int i = 0; i < 3; i++)
            switch (b + i) {
            case 2: r += id(1); continue;
            case 3: r += id(10); break;
            default: r += id(100);
            }
    }
    return r;
}

static int duff(int n)
{
    int r = 0, k = (n + 3) / 4;
    if (n == 0)
        return 0;
    switch (n % 4) {
    case 0: do { r = r * 2 + id(1);
        case 3: r = r * 2;
        case 2: r = r * 2 + id(0);
        case 1: r = r * 2 + 1;
        } while (--k > 0);
    }
    return r;
}

static int duff_for(int n)
{
    int r = 0, i = 5;
    switch (n) {
    case 0:
        for (i = 0; i < id(3); i += id(1)) {
            r += 10;
        case 1: r += id(i);
        case 2:;
        }
        r += 1000;
    }
    return r;
}

static int into_while(int n)
{
    int r = 0;
    switch (n)
        while (id(n--) > 2) {
        case 5: r += id(5);
        case 3: r += 3;
        }
    return r;
}

static int case_in_if(int n)
{
    int r = 0;
    switch (n) {
        if (id(0)) {
        case 1: r = id(1);
        } else {
        case 2: r += id(2);
        }
        r += 5;
    }
    return r;
}

static int on_enum(enum color c)
{
    switch (c) {
    case RED: return id(RED + 1);
    case GREEN: return id(GREEN) * 2;
    case BLUE: break;
    }
    return id(-1);
}

static int on_long(long long n)
{
    switch (n) {
    case 1LL << 40: return id(40);
    case -1: return id(1);
    case 0xffffffffLL: return id(32);
    }
    return 0;
}

static int on_char(const char *s)
{
    int r = 0;
    for (; *s; s++)
        switch (*s) {
        case 'x': r += id(1); break;
        case '\n': r *= id(3); continue;
        default: r--;
        }
    return r;
}

static int break_in_loop(int n)
{
    int r = 0;
    for (int i = 0; i < 10; i++) {
        switch (id(i)) {
        case 3: continue;
        case 6:
            if (id(n) > 2)
                goto out;
            break;
        }
        r += i;
    }
out:
    return r;
}

static int selector_effects(int n)
{
    int i = n;
    switch (id(i) + id(i += 2)) {
    case 2: return i * 10;
    case 4: return i * 100;
    }
    return i;
}

static int empty_body(int n)
{
    switch (id(n)) {
    }
    switch (id(n))
        ;
    switch (n)
    default: n = id(n) + 1; return n;
}

static int labels_mixed(int n)
{
    int r = 0;
    switch (n) {
    case 1:
    a:
    case 2:
    b:
        r += id(1);
        if (r < 3)
            goto a;
        if (r < 5)
            goto b;
        break;
    default:
        if (n == 3)
            goto a;
    }
    return r;
}

int main(void)
{
    for (int n = -1; n < 7; n++) {
        printf("n %d\n", n);
        printf("plain %d\n", plain(n));
        printf("fall_through %d\n", fall_through(n));
        printf("default_first %d\n", default_first(n));
        printf("no_default %d\n", no_default(n));
        printf("ranges %d %d\n", ranges(n), ranges('f'));
        printf("declared_before_case %d\n", declared_before_case(n));
        printf("declared_in_case %d\n", declared_in_case(n));
        printf("nested %d %d %d\n", nested(n, 0), nested(n, 1), nested(n, 2));
        printf("duff %d\n", n < 0 ? 0 : duff(n * 3));
        printf("duff_for %d\n", duff_for(n));
        printf("into_while %d\n", into_while(n));
        printf("case_in_if %d\n", case_in_if(n));
        printf("on_enum %d\n", on_enum(n));
        printf("break_in_loop %d\n", break_in_loop(n));
        printf("selector_effects %d\n", selector_effects(0));
        printf("empty_body %d\n", empty_body(n));
        printf("labels_mixed %d\n", labels_mixed(n));
    }
    printf("on_long %d %d %d %d\n", on_long(1LL << 40), on_long(-1),
           on_long(0xffffffffu), on_long(0));
    printf("on_char %d\n", on_char("xyx\nx"));
    return 0;
}
