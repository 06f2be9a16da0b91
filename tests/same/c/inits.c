/* SPDX-License-Identifier: MIT
 * C11 6.7 and 6.7.9: declarations of every shape, initialised with calls in
 * every form. */
#include <stdio.h>
#include <string.h>

#include "values.h"

struct pair {
    int a, b;
};

struct line {
    struct pair from, to;
    char name[8];
};

struct tree {
    int v[2][3];
    struct line lines[2];
    union {
        int i;
        double d;
    } u;
    int (*f)(int);
};

struct flex {
    int n;
    int v[];
};

static struct pair make(int a, int b)
{
    struct pair p = {a, b};
    return p;
}

static struct line make_line(int n)
{
    struct line l = {{n, n + 1}, {n + 2, n + 3}, "line"};
    return l;
}

static int plain_next(int x)
{
    return x + 1;
}

static int scalar_forms(int n)
{
    int a = id(n), b = {id(2)}, c = (id(3)), d;
    double e = {real(1.5)};
    char f = (char)id(65), *g = {"s"};
    d = a + b;
    return a + b * 10 + c * 100 + d + (int)(e * 2) + f + *g;
}

static int several_declarators(int n)
{
    int a = id(n), *p = &a, v[3] = {id(1), a, id(*p)}, (*q)[3] = &v, b = v[2];
    a += id(1);
    return *p + (*q)[0] + (*q)[1] * 10 + b * 100;
}

static int array_brace(int n)
{
    int a[5] = {id(1), id(n)}, b[] = {id(2), id(3), id(n)};
    int z[3] = {0}, e[2] = {id(0)};
    return a[0] + a[1] + a[4] + b[2] * 10 + (int)sizeof b + z[2] + e[1];
}

static int array_designated(int n)
{
    int a[10] = {[3] = id(n), id(4), [0] = id(1), [9] = id(2)};
    int b[] = {[0] = 0, [6] = id(n)};
    return a[3] + a[4] * 10 + a[0] * 100 + a[9] * 1000 + a[5] +
           (int)(sizeof b / sizeof *b) + b[6];
}

static int array_range(int n)
{
    int a[8] = {[1 ... 3] = id(n), [5] = id(2), [6 ... 7] = 9};
    return a[0] + a[1] + a[3] * 10 + a[5] * 100 + a[7];
}

static int designator_twice(int n)
{
    struct pair p = {.a = 1, .b = id(2), .a = n};
    int a[3] = {[1] = 4, [1] = n, [2] = id(3)};
    return p.a + p.b * 10 + a[1] * 100 + a[2];
}

static int array_two_dimensions(int n)
{
    int a[2][3] = {{id(1), id(2)}, {[2] = id(n)}};
    int b[2][2] = {id(1), id(2), id(3), id(n)};
    int c[][2] = {{id(1)}, {id(n), 2}, [3] = {id(4)}};
    return a[0][1] + a[1][2] * 10 + b[1][0] + b[1][1] * 10 + c[1][0] + c[3][0] +
           (int)sizeof c;
}

static int strings(int n)
{
    char a[] = "hello", b[8] = "ab", c[3] = "xyz", d[] = {"brace"};
    char e[2][4] = {"abc", {(char)id('d'), 'e'}};
    const char *f[] = {"one", id(n) > 2 ? "many" : "few", [3] = "four"};
    return a[id(1)] + b[5] + c[2] + d[4] + e[0][2] + e[1][1] +
           (int)strlen(f[1]) + (f[2] == 0) + *f[3];
}

static int struct_brace(int n)
{
    struct pair a = {id(n), id(2)}, b = {id(3)}, c = {0}, d = {.b = id(n)};
    struct line l = {{id(1), 2}, {.b = id(n)}, "ab"};
    return a.a + a.b + b.b + c.a + d.b * 10 + l.from.a + l.to.b * 100 +
           l.name[1];
}

static int struct_flat(int n)
{
    struct line l = {id(1), id(2), id(n), id(4), "flat"};
    struct pair v[2] = {id(1), id(n), id(3), 4};
    return l.from.b + l.to.a * 10 + v[0].b * 100 + v[1].a;
}

static int struct_nested_designators(int n)
{
    struct tree t = {
        .lines[1].to.b = id(n),
        .v[1][2] = id(3),
        .lines[0] = {.name = {'q', (char)id('r')}, .from = {id(5), 6}},
        .u.d = real(2.5),
        .f = plain_next,
    };
    return t.lines[1].to.b + t.v[1][2] * 10 + t.lines[0].name[1] +
           t.lines[0].from.a + (int)(t.u.d * 2) + t.f(1);
}

static int struct_from_calls(int n)
{
    struct line l = {make(1, id(n)), make(id(3), 4), "call"};
    struct line v[2] = {make_line(n), [1] = make_line(id(9))};
    struct line w = {.to = make(id(5), 6), .from = l.to};
    return l.from.b + l.to.a + v[0].to.b + v[1].from.a * 10 + w.to.a * 100 +
           w.from.b;
}

static int struct_by_expression(int n)
{
    struct line a = make_line(id(n)), b = a, c = id(1) ? b : make_line(7);
    struct pair p = c.to, q = make_line(id(3)).from, *r = &q;
    struct pair s = *r, t = (struct pair){id(8), n};
    return a.from.a + p.b + q.a * 10 + s.b + t.a * 100 + t.b;
}

static int union_first_member(int n)
{
    union {
        int i;
        char c[4];
    } a = {id(n)}, b = {.c = {1, (char)id(2)}}, c = a;
    return a.i + b.c[1] * 10 + c.i;
}

static int anonymous_members(int n)
{
    struct {
        int kind;
        union {
            struct {
                int x, y;
            };
            long both;
        };
    } a = {.kind = id(1), .x = id(n), .y = 3}, b = {id(2), {{id(4), 5}}};
    return a.kind + a.x * 10 + a.y + b.x * 100 + b.y;
}

static int bit_field_brace(int n)
{
    struct {
        int a : 4;
        unsigned : 3;
        unsigned b : 5;
        int : 0;
        long c : 33;
    } v = {id(n), (unsigned)id(17), id(-3)}, w = {.c = id(1), .a = id(2)};
    return v.a + (int)v.b * 10 + (int)v.c * 100 + w.a + (int)w.c;
}

static int const_aggregates(int n)
{
    const int a[3] = {id(n), [2] = id(2)};
    const struct line l = {.to = make(id(3), 4)};
    const struct {
        const int x;
        const int v[2];
    } c = {id(1), {id(n), 6}};
    volatile const int d = id(9);
    return a[0] + a[2] * 10 + l.to.a * 100 + c.x + c.v[0] + d;
}

static int static_aggregates(int n)
{
    static const int table[] = {1, [4] = 5, 6};
    static struct line l = {{1, 2}, .name = "static"};
    static int *p = &l.from.b, (*f)(int) = plain_next;
    l.from.a += id(n);
    *p += id(1);
    return table[id(n) % 6] + l.from.a * 10 + l.from.b + f(id(2));
}

static int flexible_member(int n)
{
    static struct flex f = {3, {1, 2, 3}};
    union {
        struct flex f;
        int room[6];
    } u = {.room = {id(5), 1, 2}};
    struct flex *p = &u.f;
    p->v[id(2)] = id(n);
    f.v[1] += id(1);
    return f.v[1] + p->n + p->v[2] * 10 + (int)sizeof *p;
}

static int pointers_everywhere(int n)
{
    int x = n, *const a = &x, *const *b = &a, **v[2] = {(int **)b, NULL};
    int m[2][2] = {{1, 2}, {3, id(4)}}, (*r)[2] = &m[id(1)];
    char *s[] = {"a", "bc"}, **t = &s[id(1)];
    **b += id(1);
    return **v[0] + (*r)[1] + t[0][1] + r[-1][0];
}

static int function_declarators(int n)
{
    int (*f)(int) = plain_next, (*g[2])(int) = {plain_next, f};
    int (*(*h)[2])(int) = &g;
    extern int puts(const char *);
    int plain_next(int);
    return f(id(n)) + g[id(1)](2) + (*h)[0](id(3)) + (*(*h)[1])(n) +
           (puts == 0) + plain_next(id(1));
}

static int storage_classes(int n)
{
    auto int a = id(n);
    register int b = id(2);
    static int c = 3;
    static _Thread_local int d = 4;
    c += id(1);
    d += b;
    return a + b * 10 + c * 100 + d;
}

static int specifier_orders(int n)
{
    long unsigned int a = (unsigned)id(n);
    int long b = id(2);
    int signed c = id(3);
    short const int unsigned d = (unsigned short)id(4);
    int const volatile e = id(5);
    char signed f = (char)id(6);
    return (int)(a + (unsigned long)b) + c + d + e + f;
}

static int initialiser_uses_itself(int n)
{
    int a = (int)sizeof a + id(n);
    struct pair p = {id(1), (int)sizeof p};
    void *q = &q;
    return a + p.b + (q == &q);
}

static int initialiser_order(int n)
{
    int i = n;
    int a = i++, b = id(i), c = ++i, v[3] = {a, id(i), c + 1};
    struct pair p = {v[1], id(v[2])};
    return a + b * 10 + c * 100 + p.a * 3 + p.b * 7;
}

static int initialiser_conditional(int n)
{
    int a = id(n) && id(2), b = n > 2 ? id(7) : id(8), c = (id(1), id(9));
    int v[] = {id(0) || n, !id(n), n ?: id(4)};
    struct pair p = n > 2 ? make(id(1), 2) : (struct pair){id(3), 4};
    return a + b + c * 10 + v[0] + v[1] + v[2] + p.a * 100 + p.b;
}

static int initialiser_statement_expr(int n)
{
    int a = ({
        int t = id(n);
        t * 2;
    });
    struct pair p = {({ id(3); }), ({
                         int s = 0;
                         for (int i = 0; i < 3; i++)
                             s += id(i);
                         s;
                     })};
    return a + p.a * 10 + p.b * 100;
}

static int typeof_declarations(int n)
{
    __typeof__(n) a = id(n);
    __typeof__((struct pair){0}) p = make(id(3), 4);
    __typeof__(int[3]) v = {id(5)};
    __auto_type q = make(id(6), n);
    __auto_type r = id(7);
    typeof(&a) s = &a;
    typeof(p.a) t = p.a;
    *s += id(1);
    return a + p.b + v[0] + q.a * 10 + q.b + r + t;
}

static int aligned_declarations(int n)
{
    _Alignas(32) char a[3] = {(char)id(n), 1, 2};
    _Alignas(double) int b = id(2);
    int c __attribute__((aligned(64))) = id(3);
    int r = ((unsigned long)a % 32 == 0) + ((unsigned long)&b % 8 == 0) * 2 +
            ((unsigned long)&c % 64 == 0) * 4;
    return r * 100 + a[0] + b + c + id(1);
}

static int shadows(int n)
{
    int a = id(n);
    {
        int a = id(2);
        {
            struct pair a = make(id(3), 4);
            for (int a = id(0); a < id(2); a++) {
                int n = a + id(5);
                trace += (unsigned)n;
            }
            a.a += id(1);
            trace += (unsigned)a.a;
        }
        a += id(a);
        trace += (unsigned)a;
    }
    return a + n;
}

static int empty_aggregates(int n)
{
    struct empty {
    } e = {}, f = e;
    int z[2] = {};
    struct pair p = {};
    (void)f;
    return (int)sizeof e + z[id(1)] + p.b + id(n);
}

static int static_assertions(int n)
{
    _Static_assert(sizeof(int) == 4, "int");
    int a = id(n);
    _Static_assert(1, "between");
    _Static_assert(2);
    return a + id(1);
}

int main(void)
{
    printf("scalar_forms %d", scalar_forms(1));
    printf(" %d\n", scalar_forms(5));
    printf("several_declarators %d", several_declarators(1));
    printf(" %d\n", several_declarators(5));
    printf("array_brace %d", array_brace(1));
    printf(" %d\n", array_brace(5));
    printf("array_designated %d", array_designated(1));
    printf(" %d\n", array_designated(5));
    printf("array_range %d", array_range(1));
    printf(" %d\n", array_range(5));
    printf("designator_twice %d", designator_twice(1));
    printf(" %d\n", designator_twice(5));
    printf("array_two_dimensions %d", array_two_dimensions(1));
    printf(" %d\n", array_two_dimensions(5));
    printf("strings %d", strings(1));
    printf(" %d\n", strings(5));
    printf("struct_brace %d", struct_brace(1));
    printf(" %d\n", struct_brace(5));
    printf("struct_flat %d", struct_flat(1));
    printf(" %d\n", struct_flat(5));
    printf("struct_nested_designators %d", struct_nested_designators(1));
    printf(" %d\n", struct_nested_designators(5));
    printf("struct_from_calls %d", struct_from_calls(1));
    printf(" %d\n", struct_from_calls(5));
    printf("struct_by_expression %d", struct_by_expression(1));
    printf(" %d\n", struct_by_expression(5));
    printf("union_first_member %d", union_first_member(1));
    printf(" %d\n", union_first_member(5));
    printf("anonymous_members %d", anonymous_members(1));
    printf(" %d\n", anonymous_members(5));
    printf("bit_field_brace %d", bit_field_brace(1));
    printf(" %d\n", bit_field_brace(5));
    printf("const_aggregates %d", const_aggregates(1));
    printf(" %d\n", const_aggregates(5));
    printf("static_aggregates %d", static_aggregates(1));
    printf(" %d\n", static_aggregates(5));
    printf("flexible_member %d", flexible_member(1));
    printf(" %d\n", flexible_member(5));
    printf("pointers_everywhere %d", pointers_everywhere(1));
    printf(" %d\n", pointers_everywhere(5));
    printf("function_declarators %d", function_declarators(1));
    printf(" %d\n", function_declarators(5));
    printf("storage_classes %d", storage_classes(1));
    printf(" %d\n", storage_classes(5));
    printf("specifier_orders %d", specifier_orders(1));
    printf(" %d\n", specifier_orders(5));
    printf("initialiser_uses_itself %d", initialiser_uses_itself(1));
    printf(" %d\n", initialiser_uses_itself(5));
    printf("initialiser_order %d", initialiser_order(1));
    printf(" %d\n", initialiser_order(5));
    printf("initialiser_conditional %d", initialiser_conditional(1));
    printf(" %d\n", initialiser_conditional(5));
    printf("initialiser_statement_expr %d", initialiser_statement_expr(1));
    printf(" %d\n", initialiser_statement_expr(5));
    printf("typeof_declarations %d", typeof_declarations(1));
    printf(" %d\n", typeof_declarations(5));
    printf("aligned_declarations %d", aligned_declarations(1));
    printf(" %d\n", aligned_declarations(5));
    printf("shadows %d", shadows(1));
    printf(" %d\n", shadows(5));
    printf("empty_aggregates %d", empty_aggregates(1));
    printf(" %d\n", empty_aggregates(5));
    printf("static_assertions %d", static_assertions(1));
    printf(" %d\n", static_assertions(5));
    printf("%u\n", trace);
    return 0;
}
