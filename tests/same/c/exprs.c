/* SPDX-License-Identifier: MIT
 * C11 6.5.1 to 6.5.17, a production a function, with calls where each may
 * have them. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "values.h"

struct pair {
    int a, b;
};

struct deep {
    struct {
        int x;
        struct pair p[2];
    } in;
    int v[3];
    int (*plain)(int);
};

static float single(float x)
{
    return x;
}

static char small(int x)
{
    return (char)x;
}

static const char *text(int n)
{
    return n & 1 ? "odd number" : "even";
}

static struct pair make(int a, int b)
{
    struct pair p = {a, b};
    return p;
}

static struct deep make_deep(int n)
{
    struct deep d = {{n, {{n + 1, n + 2}, {n + 3, n + 4}}}, {n, -n, n * n}, 0};
    return d;
}

static struct pair *second(struct pair *p)
{
    return p + 1;
}

static void nothing(int x)
{
    trace += (unsigned)x;
}

static int plain_twice(int x)
{
    return 2 * x;
}

static int primary_paren(int n)
{
    return (id((n))) + (id(2)) + (((id(3)) * (id(4))));
}

static int primary_string(int n)
{
    return "abcdef"[id(n) % 6] + *("xyz" + id(2)) + id("q"[0]);
}

static int primary_generic(int n)
{
    return _Generic(n, long
                    : id(1), int
                    : id(2), default
                    : id(3)) +
           _Generic((char)1, int : 10, default
                    : id(20)) *
               id(n);
}

static int generic_on_type_of_call(int n)
{
    double d = n;
    return _Generic(d, float : 1, double : id(4), default : 0) +
           _Generic(&d, double * : id(n), default : id(9)) +
           _Generic("s", char * : id(6), default : id(7));
}

static int postfix_subscript(int n)
{
    int a[5] = {1, 2, 3, 4, 5}, m[2][3] = {{1, 2, 3}, {4, 5, 6}};
    return a[id(n) % 5] + id(1)[a] + a[a[id(0)]] + m[id(1)][id(2)] +
           (*m)[id(1)] + (a + id(1))[id(2)];
}

static int postfix_call_chain(int n)
{
    return id(id(id(n) + id(1)) + id(id(2)));
}

static int postfix_call_pointer(int n)
{
    struct deep d = {.plain = plain_twice};
    int (*f)(int) = plain_twice, (*const table[2])(int) = {f, plain_twice};
    return f(id(n)) + (*f)(id(1)) + d.plain(id(2)) + table[id(1)](id(n)) +
           (id(0) ? f : table[0])(id(5));
}

static int postfix_member(int n)
{
    struct pair v[2] = {{1, 2}, {3, 4}};
    return make(id(n), 2).a + second(v)->b + (*second(v)).a +
           make_deep(n).in.p[id(1)].b + make_deep(id(2)).v[id(2)];
}

static int postfix_increment(int n)
{
    int i = n, a[4] = {0};
    double d = n;
    char c = 127;
    unsigned char u = 255;
    int *p = a;
    int r = id(i++) + i-- + a[id(2)]++ + *p++ + (int)d++ + c++ + u++;
    return r + i + a[2] * 10 + (int)(p - a) + (int)d + u + c;
}

static int postfix_literal(int n)
{
    int *p = (int[]){id(1), id(n), id(3)};
    return p[1] + (struct pair){id(5), id(6)}.b +
           ((struct pair){.b = id(n)}).a + *(int[2]){id(8)} + (int){id(7)} +
           sizeof((char[]){1, 2, 3});
}

static int unary_increment(int n)
{
    int i = n;
    short s = 32767;
    float f = 1.5f;
    int r = id(++i) + --i;
    ++s;
    --f;
    return r + ++i + s + (int)(++f * 2) + id(-+-i);
}

static int unary_address(int n)
{
    int a[3] = {1, 2, 3}, *p = &a[id(1)], (*q)[3] = &a;
    struct pair v = {4, 5}, *s = &v;
    return *&a[id(2)] + *p + (*q)[id(0)] + *&second(s - 1)->b +
           (int)(&a[id(2)] - &a[0]) + n;
}

static int unary_arithmetic(int n)
{
    unsigned char c = (unsigned char)~id(n);
    return -id(n) + +small(5) + ~id(7) + !id(0) + !!id(n) + -(-id(3)) + ~c +
           (int)-real(2.5) + !real(0.0) + !text(1);
}

static int size_operator(int n)
{
    int a[4];
    return (int)(sizeof(n + 1) + sizeof a + sizeof *a + sizeof(struct pair) +
                 sizeof(a[n]) + sizeof(char) * (size_t)id(2) + sizeof n +
                 sizeof "abc");
}

static int align_operator(int n)
{
    return (int)(_Alignof(double) + _Alignof(struct pair)) * id(n) +
           (int)__alignof__(n);
}

static int cast_arithmetic(int n)
{
    return (char)id(300) + (unsigned char)id(300) + (short)id(70000 + n) +
           (int)real(3.99) + (int)(float)id(7) + (_Bool)id(n) +
           (int)(unsigned)id(-1) + (int)(long)wide(5) + (int)(double)id(n);
}

static int cast_pointer(int n)
{
    int x = n;
    void *p = (void *)&x;
    uintptr_t u = (uintptr_t)(p);
    *(int *)u += id(1);
    return *(int *)(void *)(char *)p + id(1) +
           ((struct pair *)0 == (void *)(intptr_t)id(0)) +
           (int)((unsigned char *)p)[0];
}

static int cast_void(int n)
{
    (void)id(n);
    (void)(id(1) + id(2));
    (void)make(id(3), 4);
    id(4) ? (void)id(5) : nothing(6);
    return n;
}

static int multiplicative(int n)
{
    return id(7) * id(n) + id(100) / id(7) + id(-100) % id(7) +
           (int)(real(7.0) / id(2)) + (int)(single(1.5f) * real(3)) +
           (int)(wide(1L << 33) / id(1000));
}

static int additive_pointers(int n)
{
    int a[8] = {0, 1, 2, 3, 4, 5, 6, 7}, *p = a + id(n), *q = id(1) + p;
    return *(q - id(1)) + (int)(q - p) + *(a + id(2) + id(3)) +
           (int)((a + id(7)) - (a + id(2))) + (int)(text(1) - text(1));
}

static int shifts(int n)
{
    return (id(n) << id(3)) + (id(-64) >> id(2)) +
           (int)((unsigned)id(-1) >> id(28)) + (int)(wide(1) << id(20)) +
           (id(1) << id(1) << id(1));
}

static int relational(int n)
{
    int a[3] = {1, 2, 3};
    return (id(n) < id(3)) + (id(n) > id(2)) * 2 + (id(2) <= id(n)) * 4 +
           (real(2) >= id(n)) * 8 + (&a[id(1)] < a + 2) * 16 +
           ((unsigned)id(-1) > (unsigned)id(1)) * 32 + (id(-1) < wide(0)) * 64;
}

static int equality(int n)
{
    int a[3] = {1, 2, 3}, *p = 0;
    return (id(n) == id(1)) + (id(n) != id(1)) * 2 + (&a[id(1)] == a + 1) * 4 +
           (p == NULL) * 8 + (text(n) != NULL) * 16 + (real(.5) == .5) * 32;
}

static int bitwise(int n)
{
    return (id(n) & id(6)) | ((id(12) ^ id(n)) << 4) |
           (int)((wide(0xff00) & ~id(0x1200)) | 1);
}

static int logical_and_value(int n)
{
    int z = 0;
    int r = (id(n) && id(2)) + (id(0) && ++z) * 2 + (n && id(1) && !id(0)) * 4 +
            (text(n) && *text(n)) * 8 + (real(0.1) && id(1)) * 16;
    return r * 10 + z;
}

static int logical_or_value(int n)
{
    int z = 0;
    int r = (id(0) || id(n)) + (id(1) || ++z) * 2 + (z || id(0) || id(0)) * 4 +
            ((id(0) || id(0)) && (z = 9)) * 8;
    return r * 10 + z;
}

static int logical_mixed(int n)
{
    int a = id(n) > 2 && (id(1) || id(2)) && !(id(0) && id(3));
    int b = (id(0) && id(1)) || (id(2) && (id(0) || id(n)));
    return a + 2 * b + 4 * ((id(n), id(0)) || (a ? id(0) : id(1)));
}

static int conditional_arithmetic(int n)
{
    double d = id(n) > 2 ? id(1) : real(2.5);
    long w = id(0) ? wide(1L << 40) : id(-1);
    unsigned u = n ? (unsigned)id(-1) : 0;
    int c = id(1) ? small(200) : id(300);
    return (int)(d * 10) + (int)w + (int)(u >> 28) + c;
}

static int conditional_pointers(int n)
{
    int a = 3, b = 4;
    const int *p = id(n) > 2 ? &a : NULL;
    void *v = id(1) ? (void *)&b : &a;
    const char *s = n > 2 ? text(n) : "none";
    return (p ? *p : id(9)) + *(int *)v + (int)strlen(s);
}

static int conditional_structs(int n)
{
    struct pair p = id(n) > 2 ? make(1, id(2)) : make(id(3), 4);
    p = n > 2 ? p : make(id(5), id(6));
    return p.a * 10 + p.b + (id(0) ? make(7, 8) : p).b +
           (n > 2 ? make(id(1), 9) : p).a;
}

static int conditional_void(int n)
{
    id(n) > 2 ? nothing(1) : nothing(2);
    n > 2 ? nothing(id(3)) : (void)0;
    return n;
}

static int conditional_nested(int n)
{
    return (id(n) == 1   ? id(10)
            : id(n) == 5 ? id(2) ? id(50) : id(51)
                         : id(99)) +
           (n > 2   ? n > 4 ? id(1) : 2
            : n > 0 ? 3
                    : id(4));
}

static int conditional_lvalue_inside(int n)
{
    int a = 1, b = 2;
    *(id(n) > 2 ? &a : &b) += id(10);
    (id(0) ? &a : &b)[0] *= id(3);
    return a * 100 + b;
}

static int elvis(int n)
{
    int calls = 0;
    return (id(n) ?: id(7)) + (id(0) ?: id(n)) * 10 + (0 ?: id(3)) * 100 +
           ((calls++, id(5)) ?: 9) * 1000 + calls;
}

static int comma_values(int n)
{
    int a, b;
    a = (id(1), id(n));
    b = (id(a), a++, id(a), a + id(1));
    for (int i = (id(0), id(2)), j = 0; id(i), j < i; id(j), j++)
        b += j, a += id(j), b++;
    return (nothing(1), a) + (id(b), b, id(2));
}

static int comma_struct(int n)
{
    struct pair p = (id(n), make(id(1), id(2)));
    int r = (id(3), p).b;
    r += (p = make(5, 6), id(p.a));
    return r + p.b;
}

static int comma_returned(int n)
{
    int a = id(n);
    if (n > 2)
        return a++, id(0), a * 3;
    return a++, a * 2;
}

static int comma_in_arm(int n)
{
    int a = 1;
    int r = n > 2 ? a++, a + 5 : id(9);
    r += id(n) > 2 ? a++, id(a) : (a += 4, a);
    r += ({
        id(r);
        a++, a;
    });
    switch (a++, id(n), a) {
    case 7: r += 100;
    }
    return r * 10 + a;
}

static int usual_conversions(int n)
{
    unsigned char c = 200;
    short s = -5;
    return (id(-1) < (int)sizeof(int)) + (c + id(100)) + (s * id(n)) +
           (int)((unsigned)id(5) - 10u > 0) + (int)(c << id(1)) +
           (int)(wide(-1) + 1u) + (int)(single(0.1f) == real(0.1));
}

static int arguments_in_order(int n)
{
    char b[64];
    snprintf(b, sizeof b, "%d %s %.1f %ld %c", id(n), text(n), real(1.5),
             wide(7), small('x'));
    return (int)strlen(b) + b[0] + b[strlen(b) - 1];
}

static int struct_arguments(int n)
{
    struct pair p = make(id(n), id(2));
    return make(p.b, id(p.a)).a + make(make(1, id(2)).b, make(3, 4).a).b;
}

static int offset_of(int n)
{
    return (int)offsetof(struct deep, in.p[1].b) * id(n) +
           (int)__builtin_offsetof(struct deep, v) + id(1);
}

static int constant_expressions(int n)
{
    enum { A = 3, B = A * 2 + sizeof(int) };
    int v[B] = {[A] = id(n), [B - 1] = id(2)};
    _Static_assert(B == 10, "B");
    return v[A] + v[B - 1] * 10 + (int)(sizeof v / sizeof *v);
}

static int long_chain(int n)
{
    return id(1) + id(2) + id(3) + id(4) + id(5) + id(6) + id(7) + id(8) +
           id(9) + id(10) + id(11) + id(12) + id(13) + id(14) + id(15) +
           id(16) - id(n) * id(2) - id(n) * (id(3) - id(n) * (id(4) - id(n)));
}

static void print_1(void)
{
    printf("primary_paren %d", primary_paren(1));
    printf(" %d\n", primary_paren(5));
    printf("primary_string %d", primary_string(1));
    printf(" %d\n", primary_string(5));
    printf("primary_generic %d", primary_generic(1));
    printf(" %d\n", primary_generic(5));
    printf("generic_on_type_of_call %d", generic_on_type_of_call(1));
    printf(" %d\n", generic_on_type_of_call(5));
    printf("postfix_subscript %d", postfix_subscript(1));
    printf(" %d\n", postfix_subscript(5));
    printf("postfix_call_chain %d", postfix_call_chain(1));
    printf(" %d\n", postfix_call_chain(5));
    printf("postfix_call_pointer %d", postfix_call_pointer(1));
    printf(" %d\n", postfix_call_pointer(5));
    printf("postfix_member %d", postfix_member(1));
    printf(" %d\n", postfix_member(5));
    printf("postfix_increment %d", postfix_increment(1));
    printf(" %d\n", postfix_increment(5));
    printf("postfix_literal %d", postfix_literal(1));
    printf(" %d\n", postfix_literal(5));
    printf("unary_increment %d", unary_increment(1));
    printf(" %d\n", unary_increment(5));
    printf("unary_address %d", unary_address(1));
    printf(" %d\n", unary_address(5));
    printf("unary_arithmetic %d", unary_arithmetic(1));
    printf(" %d\n", unary_arithmetic(5));
    printf("size_operator %d", size_operator(1));
    printf(" %d\n", size_operator(5));
    printf("align_operator %d", align_operator(1));
    printf(" %d\n", align_operator(5));
    printf("cast_arithmetic %d", cast_arithmetic(1));
    printf(" %d\n", cast_arithmetic(5));
    printf("cast_pointer %d", cast_pointer(1));
    printf(" %d\n", cast_pointer(5));
    printf("cast_void %d", cast_void(1));
    printf(" %d\n", cast_void(5));
    printf("multiplicative %d", multiplicative(1));
    printf(" %d\n", multiplicative(5));
    printf("additive_pointers %d", additive_pointers(1));
    printf(" %d\n", additive_pointers(5));
    printf("shifts %d", shifts(1));
    printf(" %d\n", shifts(5));
    printf("relational %d", relational(1));
    printf(" %d\n", relational(5));
    printf("equality %d", equality(1));
    printf(" %d\n", equality(5));
    printf("bitwise %d", bitwise(1));
    printf(" %d\n", bitwise(5));
    printf("logical_and_value %d", logical_and_value(1));
    printf(" %d\n", logical_and_value(5));
    printf("logical_or_value %d", logical_or_value(1));
    printf(" %d\n", logical_or_value(5));
    printf("logical_mixed %d", logical_mixed(1));
    printf(" %d\n", logical_mixed(5));
    printf("conditional_arithmetic %d", conditional_arithmetic(1));
    printf(" %d\n", conditional_arithmetic(5));
    printf("conditional_pointers %d", conditional_pointers(1));
    printf(" %d\n", conditional_pointers(5));
    printf("conditional_structs %d", conditional_structs(1));
    printf(" %d\n", conditional_structs(5));
    printf("conditional_void %d", conditional_void(1));
    printf(" %d\n", conditional_void(5));
    printf("conditional_nested %d", conditional_nested(1));
    printf(" %d\n", conditional_nested(5));
}

static void print_2(void)
{
    printf("conditional_lvalue_inside %d", conditional_lvalue_inside(1));
    printf(" %d\n", conditional_lvalue_inside(5));
    printf("elvis %d", elvis(1));
    printf(" %d\n", elvis(5));
    printf("comma_values %d", comma_values(1));
    printf(" %d\n", comma_values(5));
    printf("comma_struct %d", comma_struct(1));
    printf(" %d\n", comma_struct(5));
    printf("comma_returned %d", comma_returned(1));
    printf(" %d\n", comma_returned(5));
    printf("comma_in_arm %d", comma_in_arm(1));
    printf(" %d\n", comma_in_arm(5));
    printf("usual_conversions %d", usual_conversions(1));
    printf(" %d\n", usual_conversions(5));
    printf("arguments_in_order %d", arguments_in_order(1));
    printf(" %d\n", arguments_in_order(5));
    printf("struct_arguments %d", struct_arguments(1));
    printf(" %d\n", struct_arguments(5));
    printf("offset_of %d", offset_of(1));
    printf(" %d\n", offset_of(5));
    printf("constant_expressions %d", constant_expressions(1));
    printf(" %d\n", constant_expressions(5));
    printf("long_chain %d", long_chain(1));
    printf(" %d\n", long_chain(5));
}

int main(void)
{
    print_1();
    print_2();
    printf("%u\n", trace);
    return 0;
}
