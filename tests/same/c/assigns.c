/* SPDX-License-Identifier: MIT
 * C11 6.5.16: every assignment operator on every kind of object, calls on the
 * right, in the address on the left, and on both sides. */
#include <stdio.h>

#include "values.h"

struct bits {
    int a : 5;
    unsigned b : 7;
    long long c : 40;
    _Bool d : 1;
};

struct node {
    int v;
    struct bits bits;
    struct node *next;
    int list[4];
    union {
        unsigned char byte[4];
        unsigned word;
    };
};

static struct node *at(struct node *p)
{
    trace++;
    return p;
}

static int *place(int *p, int i)
{
    trace += (unsigned)i;
    return p + i;
}

static struct node make(int n)
{
    struct node r = {n,
                     {n, (unsigned)n, n, 1},
                     NULL,
                     {n, n + 1, n + 2, n + 3},
                     .word = (unsigned)n};
    return r;
}

static int compound_int(int n)
{
    int x = 1000 + n;
    x += id(3);
    x -= id(1);
    x *= id(2);
    x /= id(3);
    x %= id(400);
    x <<= id(2);
    x >>= id(1);
    x &= id(0x7fff);
    x |= id(0x40);
    x ^= id(0x21);
    return x;
}

static int compound_unsigned(int n)
{
    unsigned x = 0xfffffff0u + (unsigned)n;
    x += (unsigned)id(30);
    x *= wide(3);
    x -= id(-5);
    x >>= id(1);
    x /= id(7);
    return (int)x;
}

static int compound_char(int n)
{
    signed char x = (signed char)(100 + n);
    unsigned char y = 250;
    x += id(50);
    y += id(10);
    x *= id(3);
    y -= id(20);
    x >>= id(1);
    y <<= id(1);
    return x * 1000 + y;
}

static int compound_short(int n)
{
    short x = 32000;
    unsigned short y = 65000;
    x += id(1000 + n);
    y += id(1000);
    x /= id(3);
    y ^= id(0xff);
    return x + y;
}

static int compound_long_long(int n)
{
    long long x = 1LL << 40;
    x += id(n);
    x *= id(3);
    x >>= id(20);
    x %= wide(100003);
    return (int)x;
}

static int compound_bool(int n)
{
    _Bool b = 0;
    b |= id(n);
    b += id(5);
    b -= id(1);
    b ^= id(2);
    b = id(0) || id(n);
    return b;
}

static int compound_double(int n)
{
    double x = n;
    float f = 1.5f;
    x += id(3);
    x *= real(2.5);
    x /= id(2);
    f -= real(0.25);
    f *= id(4);
    n += real(2.75);
    n *= real(1.5);
    return (int)(x * 100) + (int)(f * 10) + n;
}

static int compound_long_double(int n)
{
    long double x = 1.25L;
    x += id(n);
    x *= x + id(2);
    x -= real(0.5);
    return (int)(x * 8);
}

static int compound_complex(int n)
{
    double _Complex z = 1.0 + 2.0i;
    z *= id(n) + 1.0i;
    z += real(0.5);
    z -= id(2) * 1.0i;
    __real__ z += id(1);
    __imag__ z *= id(3);
    return (int)(__real__ z * 10) * 100 + (int)(__imag__ z);
}

static int compound_int128(int n)
{
    __int128 x = (__int128)1 << 100;
    unsigned __int128 y = 1;
    x += id(n);
    x >>= id(70);
    x *= wide(1L << 33);
    y <<= id(90);
    y |= (unsigned)id(5);
    return (int)(x >> 60) + (int)(y >> 88) + (int)(y & 7);
}

static int compound_pointer(int n)
{
    int a[10] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    int *p = a;
    p += id(n);
    p -= id(1);
    *p += id(10);
    *(p + id(1)) *= id(2);
    *p++ += id(100);
    *++p -= id(3);
    return a[0] + a[1] * 2 + a[2] * 4 + a[3] * 8 + a[4] * 16 + (int)(p - a);
}

static int compound_element(int n)
{
    int a[4] = {1, 2, 3, 4}, i = 0;
    a[id(n) & 3] += id(10);
    a[i++] -= id(5);
    a[++i] *= id(3);
    a[a[1] & 3] |= id(1);
    a[i] = a[i - 1] = id(7);
    return a[0] + a[1] * 10 + a[2] * 100 + a[3] * 1000 + i;
}

static int compound_called_place(int n)
{
    int a[4] = {1, 2, 3, 4};
    *place(a, 1) += id(n);
    *place(a, 2) *= *place(a, 3);
    place(a, 0)[id(3)] -= id(2);
    (*place(a, 0))++;
    ++*place(a, 1);
    return a[0] + a[1] * 10 + a[2] * 100 + a[3] * 1000;
}

static int compound_bit_field(int n)
{
    struct bits b = {1, 2, 3, 0};
    b.a += id(n);
    b.b *= (unsigned)id(30);
    b.c -= wide(1L << 36);
    b.d |= id(2);
    b.a *= id(2);
    b.b ^= (unsigned)id(0x55);
    b.c /= id(3);
    b.d ^= id(1);
    return b.a * 3 + (int)b.b * 5 + (int)(b.c >> 20) + b.d;
}

static int bit_field_value(int n)
{
    struct bits b = {0, 0, 0, 0};
    int x = b.a = id(n + 14);
    int y = (b.b += (unsigned)id(200)) + 1;
    long z = b.c = wide(1L << 39);
    int w = b.d = id(4);
    return x * 1000 + y * 10 + (int)(z >> 35) + w;
}

static int bit_field_through_call(int n)
{
    struct node x = make(n), y = {.next = &x};
    at(&x)->bits.a += id(2);
    at(&y)->next->bits.b -= (unsigned)id(1);
    at(at(&y)->next)->bits.c <<= id(2);
    at(&x)->bits.a++;
    --at(&x)->bits.b;
    return x.bits.a + (int)x.bits.b * 10 + (int)x.bits.c * 100;
}

static int member_paths(int n)
{
    struct node a = make(n), b = make(n + 1), v[2] = {make(2), make(3)};
    a.next = &b;
    b.next = &v[1];
    a.v += id(1);
    a.next->v -= id(2);
    a.next->next->list[id(1)] *= id(4);
    v[id(0)].list[id(n) & 3] ^= id(9);
    (&v[0])->v = at(&v[1])->v = id(12);
    return a.v + b.v * 3 + v[1].list[1] * 5 + v[0].list[n & 3] + v[0].v;
}

static int union_members(int n)
{
    struct node a = make(n);
    a.word |= (unsigned)id(0x1020304);
    a.byte[id(1)] += id(7);
    a.byte[3] ^= a.byte[id(0)];
    return (int)a.word;
}

static int pointer_to_pointer(int n)
{
    int a = 1, b = 2, *p = &a, *q = &b, **pp = &p;
    **pp += id(n);
    *pp = id(1) ? q : p;
    **pp *= id(5);
    pp = &q;
    *(*pp) -= id(1);
    return a * 100 + b;
}

static int struct_assignment(int n)
{
    struct node a = {0}, b, *p = &a;
    *p = make(n);
    b = *p;
    b = *at(p);
    *at(&b) = make(id(4));
    a = id(n) > 1 ? b : a;
    p->bits = make(id(7)).bits;
    a = b = make(n + 2);
    return a.v + b.list[2] * 10 + p->bits.a * 100 + (int)p->word;
}

static int chained(int n)
{
    int a, b, c;
    short s;
    char t;
    a = b = c = id(n);
    a += b += c += id(2);
    a = s = (short)id(70000);
    b = t = (char)id(300);
    c = (s = 5) + id(1);
    return a + b * 10 + c * 100 + s + t;
}

static int lost_update(int n)
{
    int total = n;
    total += id(2) + total;
    total = total + id(total);
    total = id(total) - total / 2;
    return total;
}

static int read_after_call(int n)
{
    static int shared;
    int *p = &shared;
    shared = n;
    shared += *place(p, 0);
    shared = shared * id(2) + *place(p, 0);
    return shared;
}

static int volatile_compound(int n)
{
    volatile int v = n;
    volatile struct bits b = {1, 2, 3, 1};
    volatile int *p = &v;
    v += id(3);
    *p *= id(2);
    b.a += id(4);
    b.c = v++;
    v = id(v) + v;
    return v * 100 + b.a * 10 + (int)b.c;
}

static int atomic_compound(int n)
{
    _Atomic int a = n;
    _Atomic unsigned char c = 250;
    _Atomic int *p = &a;
    a += id(5);
    a -= id(1);
    *p *= id(3);
    a |= id(64);
    c += id(10);
    a++;
    --*p;
    return a * 10 + c;
}

static int const_object(int n)
{
    const int c = id(n) + 1;
    const struct node k = make(c);
    const int *p = &k.list[id(1)];
    int const *const q = p + id(1);
    return c + k.v + *p + *q;
}

static int register_object(int n)
{
    register int r = id(n);
    register struct bits b = {id(3), 1, 1, 1};
    r += id(4);
    b.a += id(r) & 3;
    r <<= b.a & 3;
    return r + b.a;
}

static int increments_everywhere(int n)
{
    struct node a = make(n);
    int i = 0;
    a.list[id(i++)]++;
    --a.list[id(++i)];
    at(&a)->v++;
    a.bits.a = a.v-- + id(1);
    ++a.word;
    a.byte[id(1)]--;
    i = a.v++ + id(a.v);
    return a.list[0] + a.list[2] * 10 + a.v * 100 + i + a.bits.a;
}

static int vector_compound(int n)
{
    typedef int v4 __attribute__((vector_size(16)));
    v4 a = {1, 2, 3, 4}, b = {n, n, n, n};
    a += b * id(2);
    a[id(1)] += id(100);
    a[2] <<= id(1);
    b = a > id(3);
    a = a & b;
    return a[0] + a[1] * 3 + a[2] * 5 + a[3] * 7 + b[0];
}

static int assignment_in_condition(int n)
{
    int x, r = 0;
    if ((x = id(n)) > 1)
        r += x;
    while ((x -= id(1)) > 0)
        r += 10;
    for (x = id(2); (x += id(1)) < 6;)
        r += 100;
    switch (x = id(n) + 1) {
    case 2: r += 1000; break;
    default: r += x; break;
    }
    return r;
}

int main(void)
{
    printf("compound_int %d", compound_int(1));
    printf(" %d\n", compound_int(5));
    printf("compound_unsigned %d", compound_unsigned(1));
    printf(" %d\n", compound_unsigned(5));
    printf("compound_char %d", compound_char(1));
    printf(" %d\n", compound_char(5));
    printf("compound_short %d", compound_short(1));
    printf(" %d\n", compound_short(5));
    printf("compound_long_long %d", compound_long_long(1));
    printf(" %d\n", compound_long_long(5));
    printf("compound_bool %d", compound_bool(1));
    printf(" %d\n", compound_bool(5));
    printf("compound_double %d", compound_double(1));
    printf(" %d\n", compound_double(5));
    printf("compound_long_double %d", compound_long_double(1));
    printf(" %d\n", compound_long_double(5));
    printf("compound_complex %d", compound_complex(1));
    printf(" %d\n", compound_complex(5));
    printf("compound_int128 %d", compound_int128(1));
    printf(" %d\n", compound_int128(5));
    printf("compound_pointer %d", compound_pointer(1));
    printf(" %d\n", compound_pointer(5));
    printf("compound_element %d", compound_element(1));
    printf(" %d\n", compound_element(5));
    printf("compound_called_place %d", compound_called_place(1));
    printf(" %d\n", compound_called_place(5));
    printf("compound_bit_field %d", compound_bit_field(1));
    printf(" %d\n", compound_bit_field(5));
    printf("bit_field_value %d", bit_field_value(1));
    printf(" %d\n", bit_field_value(5));
    printf("bit_field_through_call %d", bit_field_through_call(1));
    printf(" %d\n", bit_field_through_call(5));
    printf("member_paths %d", member_paths(1));
    printf(" %d\n", member_paths(5));
    printf("union_members %d", union_members(1));
    printf(" %d\n", union_members(5));
    printf("pointer_to_pointer %d", pointer_to_pointer(1));
    printf(" %d\n", pointer_to_pointer(5));
    printf("struct_assignment %d", struct_assignment(1));
    printf(" %d\n", struct_assignment(5));
    printf("chained %d", chained(1));
    printf(" %d\n", chained(5));
    printf("lost_update %d", lost_update(1));
    printf(" %d\n", lost_update(5));
    printf("read_after_call %d", read_after_call(1));
    printf(" %d\n", read_after_call(5));
    printf("volatile_compound %d", volatile_compound(1));
    printf(" %d\n", volatile_compound(5));
    printf("atomic_compound %d", atomic_compound(1));
    printf(" %d\n", atomic_compound(5));
    printf("const_object %d", const_object(1));
    printf(" %d\n", const_object(5));
    printf("register_object %d", register_object(1));
    printf(" %d\n", register_object(5));
    printf("increments_everywhere %d", increments_everywhere(1));
    printf(" %d\n", increments_everywhere(5));
    printf("vector_compound %d", vector_compound(1));
    printf(" %d\n", vector_compound(5));
    printf("assignment_in_condition %d", assignment_in_condition(1));
    printf(" %d\n", assignment_in_condition(5));
    printf("%u\n", trace);
    return 0;
}
