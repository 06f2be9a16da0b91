/* SPDX-License-Identifier: MIT
 * C11 6.8 and GNU's statements, with calls in every header: conditions,
 * steps, selectors, results; jumps in odd places. */
#include <stdio.h>
#include <string.h>

#include "values.h"

static const char *text(int n)
{
    return n & 1 ? "odd" : NULL;
}

static int *place(int *p)
{
    trace++;
    return p;
}

static int if_forms(int n)
{
    int r = 0;
    if (id(n))
        r += 1;
    if (!id(n))
        r += 2;
    else
        r += 4;
    if (id(0))
        ;
    else if (text(n))
        r += 8;
    else
        r += 16;
    if (real(0.5))
        if (id(0))
            r += 32;
        else
            r += 64;
    if ((r += id(1)), id(0)) {
    } else {
        r += 128;
    }
    return r;
}

static int if_logical(int n)
{
    int r = 0;
    if (id(n) > 2 && id(1) || id(0))
        r += 1;
    if (!(id(n) && (id(0) || id(n) == 5)))
        r += 2;
    if (id(n) ? id(0) : id(1))
        r += 4;
    if ((id(1), id(n)) && !id(0))
        r += 8;
    if (id(0) && (r += 100))
        r += 16;
    return r;
}

static int while_logical(int n)
{
    int i = 0, r = 0;
    while (id(i) < 4 && (i++ || id(n)))
        r += i;
    while (i-- && id(i) != 1 || id(0))
        r += 10;
    while (!id(r > 3 ? 1 : 0))
        r++;
    return r * 10 + i;
}

static int while_comma(int n)
{
    int i = n, r = 0;
    while (r += id(i), i--, id(i) > 0)
        continue;
    while (r++, id(0))
        ;
    return r;
}

static int do_logical(int n)
{
    int i = 0, r = 0;
    do
        r += id(i);
    while (++i < 3 && id(n));
    do {
        if (i++ & 1)
            continue;
        if (id(i) > 8)
            break;
        r += 10;
    } while (id(i) < 10 || id(0));
    do
        ;
    while (id(0));
    return r;
}

static int for_headers(int n)
{
    int i, r = 0;
    for (i = id(0); id(i) < 3 && id(n); i += id(1))
        r += i;
    for (int a = id(0), b = id(3); a < id(b); a++, id(a))
        r += 10;
    for (;;)
        if (id(++i) > 6)
            break;
    for (i = 0; i < 2 ? id(1) : id(0); id(0) ? i : i++)
        r += 100;
    return r + i;
}

static int for_struct_header(int n)
{
    int r = 0;
    for (struct { int i, step; } c = {id(0), id(2)}; id(c.i) < 6;
         c.i += id(c.step))
        r += c.i;
    for (int v[3] = {id(1), n, 3}, i = 0; i < id(3); i++)
        r += v[i] * 10;
    for (const char *p = "abc"; *p && id(*p); p++)
        r++;
    return r;
}

static int for_declared_inside(int n)
{
    int r = 0;
    for (int i = 0; i < 3; i++) {
        int i = id(n), *p = &i;
        static int total;
        total += id(*p);
        r += i + (total != 0);
        *p = 0;
    }
    return r;
}

static int continue_everywhere(int n)
{
    int r = 0;
    for (int i = 0; i < 4; i += id(1)) {
        switch (id(i)) {
        case 1: continue;
        case 2:
            for (int k = 0; k < 3; k++) {
                if (id(k) == 1)
                    continue;
                r += 10;
            }
            break;
        default:
            do {
                if (id(n))
                    continue;
                r += 1000;
            } while (id(0));
        }
        r++;
    }
    return r;
}

static int switch_selectors(int n)
{
    int r = 0;
    switch (id(n) * 2 + id(1)) {
    case 3: r += 1; break;
    case 11: r += 2; break;
    }
    switch (wide(1L << 40) >> id(38)) {
    case 4: r += 10; break;
    default: r += 20;
    }
    switch ((id(1), (char)id(n))) {
    case 1: r += 100;
    case 2:;
    }
    switch (id(n) > 2 && id(1)) {
    case 0: r += 1000; break;
    case 1: r += 2000;
    }
    switch (text(n) != NULL)
    case 1:
        r += id(4);
    switch (id(5))
    default:
        r += 9;
    switch (id(3))
        ;
    return r;
}

static int switch_scopes(int n)
{
    switch (id(n)) {
        int a, b;
    case 1:
        a = id(1);
        b = a + id(2);
        return a + b;
        {
            int c;
        case 5:
            c = id(5);
            a = c;
            b = id(c) + a;
            return b;
        }
    default: return id(0);
    }
}

static int switch_in_switch(int n)
{
    int r = 0;
    for (int i = 0; i < 3; i++)
        switch (id(i)) {
        case 0:
            switch (id(n)) {
            case 1: r += id(1); break;
            default: r += id(2);
            case 9: r += id(3);
            }
        case 1: r += 10; break;
        case 2 ... 7: r += 100;
        }
    return r;
}

static int duff_while(int n)
{
    int a[9] = {1, 2, 3, 4, 5, 6, 7, 8, 9}, *p = a, r = 0, rounds = (n + 3) / 4;
    switch (id(n) % 4) {
    case 0:
        while (id(--rounds) >= 0) {
            r += id(*p++);
        case 3: r += id(*p++) * 10;
        case 2: r += *p++ * id(100);
        case 1: r += id(1);
        }
    }
    return r;
}

static int switch_around_loops(int n)
{
    int r = 0, i = 0;
    switch (id(n)) {
        for (i = id(7); id(i) < 9; i++) {
        case 1: r += id(1); do {
            case 5:
                r += id(10);
                if (id(i) > 8)
                    break;
            } while (id(0));
            if (r > 60)
                goto out;
        }
    }
out:
    return r * 10 + i;
}

static int goto_between_branches(int n)
{
    int r = 0;
    if (id(n) > 2) {
        r += id(1);
        goto other;
    again:
        r += id(10);
    } else {
    other:
        r += id(100);
        if (r < 150)
            goto again;
    }
    return r;
}

static int goto_into_nested(int n)
{
    int r = 0, i = 0;
    goto deep;
    while (id(i) < 3) {
        for (int k = id(0); k < 2; k++) {
            if (id(k) == 9) {
            deep:
                k = 0;
                r += id(n);
            }
            r += 10;
        }
        i++;
    }
    return r;
}

static int goto_retry(int n)
{
    int tries = 0, r = 0;
retry:
    if (id(++tries) < 4) {
        int local = id(tries);
        r += local;
        if (local & 1)
            goto retry;
        r += id(100);
        goto retry;
    }
    return r + n;
}

static int goto_cleanup_ladder(int n)
{
    int r = 0;
    if (!id(n))
        goto out;
    if (id(n) > 4)
        goto out1;
    if (id(n) > 0)
        goto out2;
    r += 1000;
out2:
    r += id(1);
out1:
    r += id(10);
out:
    return r + id(100);
}

static int computed_table(int n)
{
    static const void *const table[] = {&&zero, &&one, &&two};
    const void *next = table[id(n) % 3];
    int r = 0;
    goto *next;
zero:
    r += id(1);
    goto *table[id(1)];
one:
    r += id(10);
    if (r > 40)
        return r;
    next = &&two;
    goto *(id(1) ? next : table[0]);
two:
    r += id(30);
    goto *table[r > 60 ? 1 : 0];
}

static int computed_struct(int n)
{
    struct {
        const char *name;
        void *to;
    } jumps[] = {{"a", &&a}, {"b", &&b}};
    int r = id(n);
    goto *jumps[id(r) & 1].to;
a:
    r += id(100);
b:
    return r + *jumps[0].name;
}

static int empty_statements(int n)
{
    ;
    ;
    ;
    {} {
        ;
    }
    if (id(n)) {
    } else {
    }
    while (id(0)) {
    }
    for (; id(0);) {
    }
    if (id(1))
        ;
label:;
    (void)&&label;
    return n;
}

static int label_then_declaration(int n)
{
    int r = 0;
again:;
    int a = id(n) + r;
    if (r++ < 2)
        goto again;
last:;
    struct {
        int x;
    } s = {id(a)};
    if (r++ < 4)
        goto last;
    return s.x + r;
}

static int label_at_block_end(int n)
{
    int r = 0;
    for (int i = 0; i < 3; i++) {
        if (id(i) == 1)
            goto next;
        r += id(n);
    next:;
    }
    {
        if (id(r))
            goto end;
        r = 100;
    end:;
    }
    return r;
}

static int many_labels(int n)
{
    int r = 0;
    if (id(n) > 2)
        goto c;
a:
b:
c:
    r += id(1);
    if (r < 3)
        goto a;
    if (r < 5)
        goto b;
    switch (id(r)) {
    d:
    case 5:
    e:
    default: r += 10;
    }
    if (r < 20)
        goto d;
    if (r < 30)
        goto e;
    return r;
}

static int return_expressions(int n)
{
    if (n == 1)
        return id(n) && id(2) ? id(3) : (id(4), id(5));
    return (id(1), *place(&n)) + ({ id(2); });
}

static void return_nothing(int *r)
{
    *r += id(1);
    if (*r > 3)
        return;
    *r += id(10);
    return (void)id(2);
}

static int calls_void(int n)
{
    int r = n;
    return_nothing(&r);
    return_nothing(&r);
    return r;
}

static int expression_statements(int n)
{
    int a = n, *p = &a;
    id(a);
    a;
    a, id(1);
    id(1), id(2), a++;
    !id(3);
    id(4) + id(5);
    *place(p);
    id(6) && id(7) || id(8);
    id(0) ? id(9) : a;
    (a += 2) + id(1);
    ((id(2)));
    p[id(0)];
    &*place(p);
    return a;
}

static int unreachable(int n)
{
    return id(n);
    n += id(100);
    while (id(n))
        n--;
    {
        int v = id(n);
        return v;
    }
}

static int infinite(int n)
{
    for (int i = id(n);; i++)
        while (1)
            if (id(i) > 6)
                return i;
            else
                break;
}

int main(void)
{
    printf("if_forms %d", if_forms(1));
    printf(" %d\n", if_forms(5));
    printf("if_logical %d", if_logical(1));
    printf(" %d\n", if_logical(5));
    printf("while_logical %d", while_logical(1));
    printf(" %d\n", while_logical(5));
    printf("while_comma %d", while_comma(1));
    printf(" %d\n", while_comma(5));
    printf("do_logical %d", do_logical(1));
    printf(" %d\n", do_logical(5));
    printf("for_headers %d", for_headers(1));
    printf(" %d\n", for_headers(5));
    printf("for_struct_header %d", for_struct_header(1));
    printf(" %d\n", for_struct_header(5));
    printf("for_declared_inside %d", for_declared_inside(1));
    printf(" %d\n", for_declared_inside(5));
    printf("continue_everywhere %d", continue_everywhere(1));
    printf(" %d\n", continue_everywhere(5));
    printf("switch_selectors %d", switch_selectors(1));
    printf(" %d\n", switch_selectors(5));
    printf("switch_scopes %d", switch_scopes(1));
    printf(" %d\n", switch_scopes(5));
    printf("switch_in_switch %d", switch_in_switch(1));
    printf(" %d\n", switch_in_switch(5));
    printf("duff_while %d", duff_while(1));
    printf(" %d\n", duff_while(5));
    printf("switch_around_loops %d", switch_around_loops(1));
    printf(" %d\n", switch_around_loops(5));
    printf("goto_between_branches %d", goto_between_branches(1));
    printf(" %d\n", goto_between_branches(5));
    printf("goto_into_nested %d", goto_into_nested(1));
    printf(" %d\n", goto_into_nested(5));
    printf("goto_retry %d", goto_retry(1));
    printf(" %d\n", goto_retry(5));
    printf("goto_cleanup_ladder %d", goto_cleanup_ladder(1));
    printf(" %d\n", goto_cleanup_ladder(5));
    printf("computed_table %d", computed_table(1));
    printf(" %d\n", computed_table(5));
    printf("computed_struct %d", computed_struct(1));
    printf(" %d\n", computed_struct(5));
    printf("empty_statements %d", empty_statements(1));
    printf(" %d\n", empty_statements(5));
    printf("label_then_declaration %d", label_then_declaration(1));
    printf(" %d\n", label_then_declaration(5));
    printf("label_at_block_end %d", label_at_block_end(1));
    printf(" %d\n", label_at_block_end(5));
    printf("many_labels %d", many_labels(1));
    printf(" %d\n", many_labels(5));
    printf("return_expressions %d", return_expressions(1));
    printf(" %d\n", return_expressions(5));
    printf("calls_void %d", calls_void(1));
    printf(" %d\n", calls_void(5));
    printf("expression_statements %d", expression_statements(1));
    printf(" %d\n", expression_statements(5));
    printf("unreachable %d", unreachable(1));
    printf(" %d\n", unreachable(5));
    printf("infinite %d", infinite(1));
    printf(" %d\n", infinite(5));
    printf("%u\n", trace);
    return 0;
}
