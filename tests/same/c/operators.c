/* SPDX-License-Identifier: MIT
 * C11 6.5: calls on both sides of every operator. */
#include <stdio.h>

static int trace;

static int id(int x)
{
    trace = (int)((unsigned)trace + (unsigned)x * (unsigned)x);
    return x;
}

static unsigned u(unsigned x)
{
    return x;
}

static double d(double x)
{
    return x;
}

static int *ptr(int *p)
{
    return p;
}

static void sink(int x)
{
    trace += x;
}

static int binary(int a, int b)
{
    long r = 0;
    r = r * 7 + (id(a) + id(b));
    r = r * 7 + (id(a) - id(b));
    r = r * 7 + (id(a) * id(b));
    r = r * 7 + (id(a) / id(b));
    r = r * 7 + (id(a) % id(b));
    r = r * 7 + (id(a) << id(b));
    r = r * 7 + (id(a) >> id(b));
    r = r * 7 + (id(a) & id(b));
    r = r * 7 + (id(a) | id(b));
    r = r * 7 + (id(a) ^ id(b));
    r = r * 7 + (id(a) < id(b));
    r = r * 7 + (id(a) > id(b));
    r = r * 7 + (id(a) <= id(b));
    r = r * 7 + (id(a) >= id(b));
    r = r * 7 + (id(a) == id(b));
    r = r * 7 + (id(a) != id(b));
    return (int)(r % 1000003);
}

static int unary(int a)
{
    int r = -id(a) + +id(a) + ~id(a) + !id(a) * 5;
    int *p = &a;
    r += *ptr(p) * 3;
    r += -*ptr(&*ptr(p));
    return r + (int)-d(2.5);
}

static int logical(int a, int b, int c)
{
    int r = 0;
    r = r * 2 + (id(a) && id(b));
    r = r * 2 + (id(a) || id(b));
    r = r * 2 + (a && id(b) && id(c));
    r = r * 2 + (id(a) || b || id(c));
    r = r * 2 + (a && (id(b) || id(c)));
    r = r * 2 + ((id(a) && b) || (c && id(1)));
    r = r * 2 + !(id(a) && !id(b));
    if (id(a) && id(b))
        r += 1000;
    if (!(id(a) || id(c)))
        r += 2000;
    id(a) && id(b);
    a || id(c);
    return r;
}

static int conditional(int a, int b, int c)
{
    int r = id(a) ? id(b) : id(c);
    r = r * 3 + (a ? id(7) : c);
    r = r * 3 + (a ? b : id(8));
    r = r * 3 + (id(a) ?: id(9));
    r = r * 3 + (a ?: id(6));
    r = r * 3 + (a ? b ? id(1) : id(2) : c ? id(3) : id(4));
    a ? sink(id(1)) : sink(2);
    a ? (void)0 : sink(3);
    r += (a ? d(1.5) : id(3)) > 2;
    return r;
}

static int comma(int a, int b)
{
    int r = (id(a), id(b));
    r += (a++, id(a), b += a, id(b));
    sink((id(a), b));
    return r + ((void)id(1), 5);
}

static int assignment(int a)
{
    int x = 1, y = 2, z[3] = {1, 2, 3};
    x = id(a);
    x += id(1);
    x -= id(2);
    x *= id(3);
    x /= id(2);
    x >>= id(1);
    x |= id(8);
    x ^= id(5);
    x &= id(0xff);
    x <<= id(2);
    x %= id(50);
    y = x = id(x) + 1;
    z[id(1)] = id(4);
    z[id(0)] += id(z[1]);
    z[y & 1] *= id(3) + (x = id(2));
    *ptr(&z[2]) = id(9);
    *ptr(z) -= id(x);
    return x + y * 3 + z[0] * 7 + z[1] * 11 + z[2] * 13;
}

static int assignment_value(int a)
{
    int x, y, r = 0;
    if ((x = id(a)) > 2)
        r += x;
    r += (y = id(x)) * (x = id(3));
    r += (x += id(2)) + 1;
    while ((x -= id(1)) > 0)
        r++;
    return r + y;
}

static int small_types(int a)
{
    char c = (char)(id(a) + 120);
    unsigned char uc = (unsigned char)id(a * 100);
    short s = (short)id(a * 20000);
    _Bool b = id(a);
    c += id(100);
    uc -= id(50);
    s *= id(3);
    b += id(1);
    b = b && id(0);
    uc <<= id(3);
    return c + uc * 3 + s * 5 + b;
}

static int increments(int a)
{
    int x = a, z[4] = {0, 1, 2, 3}, *p = z, i = 0;
    int r = x++ + id(1);
    r = r * 3 + ++x + id(2);
    r = r * 3 + x-- - id(3);
    r = r * 3 + --x * id(4);
    r = r * 3 + *p++ + id(0);
    r = r * 3 + *++p + id(*p);
    r = r * 3 + z[i++] + id(5);
    r = r * 3 + z[id(1)]++ + ++z[id(2)];
    (*ptr(&r))++;
    --*ptr(&i);
    return r + z[0] + z[1] * 2 + z[2] * 4 + i + (int)(p - z);
}

static int order(int a)
{
    int r = id(a) * 100 + id(a + 1) * 10 + id(a + 2);
    r += id(r), r += id(1);
    return r;
}

static int casts(int a)
{
    int r = (char)id(a + 300);
    r += (int)(short)u(70000) + (int)d(a + 0.75);
    r += (unsigned char)(id(a) - 1);
    r += (int)(long)(char *)(long)id(a);
    (void)id(3);
    return r + (_Bool)id(a);
}

static int mixed_arith(int a)
{
    double x = d(a) / id(3) + u(2);
    float f = (float)x * id(2);
    unsigned v = u(3) - id(5);
    long l = id(a) - 5L * u(1);
    return (int)(x * 100) + (int)(f * 10) + (v > 5) + (int)l;
}

static int subscripts(int a)
{
    int m[3][4] = {{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}};
    int i = id(a % 3);
    int r = m[i][id(1)] + m[id(2)][i] + id(2)[m[i]] + (m + id(1))[0][3];
    r += *(*(m + id(1)) + id(2)) + (&m[id(1)])[1][0] + ptr(m[2])[id(3)];
    m[id(0)][id(3)] = m[id(1)][id(2)]++;
    return r + m[0][3] * 100 + m[1][2];
}

static int pointers(int a)
{
    int z[5] = {a, 2, 3, 4, 5}, *p = z + id(1);
    p += id(2);
    int r = (int)(p - ptr(z)) + (p > ptr(z)) + (ptr(p) == &z[3]);
    r += p[-id(1)] + *(p - id(2)) + (p ? id(1) : id(2)) + !ptr(0);
    return r;
}

static int nested_calls(int a)
{
    return id(id(id(a) + id(1)) * id(id(2)));
}

static int many_args(int a, int b, int c, int e, int f, int g)
{
    return a + b * 2 + c * 3 + e * 5 + f * 7 + g * 11;
}

static int arguments(int a)
{
    return many_args(id(a), a + 1, id(2), id(id(3)), a ? id(4) : 0, id(6)) +
           many_args(1, 2, id(3), 4, 5, 6);
}

static int sizes(int a)
{
    int z[7];
    int r = (int)(sizeof z / sizeof *z) + (int)sizeof(long) * id(2);
    r += (int)sizeof(z[a++]) + (int)_Alignof(int) + id(a);
    return r;
}

struct fields {
    unsigned small : 14;
    const unsigned fixed : 14;
};

static struct fields *fields(struct fields *f)
{
    return f;
}

/* A bit-field that an int has all values of is an int, also where it is the
 * value of a larger expression: less than all of them is less than 0. */
static int bit_fields(int a)
{
    struct fields f = {3, 4};
    int r = a - 9 <= (id(1), f.small);
    r = 2 * r + (a - 9 <= (id(0) ? f.small : f.fixed));
    r = 2 * r + (a - 9 <= (f.small = (unsigned)id(1)) + id(0));
    r = 2 * r + (a - 9 <= fields(&f)->small + id(0));
    r = 2 * r + (a - 9 <= _Generic(r, int : fields(&f)->fixed) + id(0));
    r = 2 * r + (a - 9 <= ++fields(&f)->small + id(0));
    return r;
}

int main(void)
{
    for (int a = 0; a < 6; a++) {
        printf("a %d\n", a);
        printf("binary %d %d\n", binary(a, 3), binary(7, a + 1));
        printf("unary %d\n", unary(a));
        printf("logical %d %d\n", logical(a & 1, a & 2, a & 4),
               logical(0, a & 1, 1));
        printf("conditional %d %d\n", conditional(a & 1, a & 2, a & 4),
               conditional(0, 1, a));
        printf("comma %d\n", comma(a, a + 1));
        printf("assignment %d\n", assignment(a));
        printf("assignment_value %d\n", assignment_value(a));
        printf("small_types %d\n", small_types(a));
        printf("increments %d\n", increments(a));
        printf("order %d\n", order(a));
        printf("casts %d\n", casts(a));
        printf("mixed_arith %d\n", mixed_arith(a));
        printf("subscripts %d\n", subscripts(a));
        printf("pointers %d\n", pointers(a));
        printf("nested_calls %d\n", nested_calls(a));
        printf("arguments %d\n", arguments(a));
        printf("sizes %d\n", sizes(a));
        printf("bit_fields %d\n", bit_fields(a));
    }
    printf("trace %d\n", trace);
    return 0;
}
