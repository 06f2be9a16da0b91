/* SPDX-License-Identifier: MIT
 * Types defined inside a function, of objects that live on over calls. */
#include <stdio.h>

struct shared {
    int v;
};

static int id(int x)
{
    return x;
}

static int named_struct(int n)
{
    struct s {
        int a, b;
    };
    struct s x = {id(n), 2};
    x.b += id(3);
    return x.a * 10 + x.b;
}

static int anonymous_struct(int n)
{
    struct {
        int a;
        char c[4];
    } x = {n, "ab"}, y = x, *p = &y;
    p->a += id(1);
    id(0);
    return x.a * 100 + y.a + x.c[1] + p->c[0];
}

static int self_reference(int n)
{
    struct node {
        int v;
        struct node *next;
    };
    struct node c = {3, 0}, b = {2, &c}, a = {id(n), &b};
    int s = 0;
    for (struct node *p = &a; p; p = p->next)
        s = s * 10 + id(p->v);
    return s;
}

static int mutual_reference(int n)
{
    struct b;
    struct a {
        struct b *b;
        int v;
    };
    struct b {
        struct a *a;
        int v;
    };
    struct b y = {.v = n};
    struct a x = {&y, id(4)};
    y.a = &x;
    id(0);
    return x.b->v * 10 + y.a->v;
}

static int in_struct(int n)
{
    struct outer {
        struct inner {
            int x;
        } in;
        struct {
            int y;
        };
        union {
            int i;
            char c[4];
        } u;
    } o = {{n}, {2}, {3}};
    struct inner i = o.in;
    i.x += id(1);
    o.u.c[0] += id(1);
    return o.in.x + o.y * 10 + o.u.i * 100 + i.x * 1000;
}

static int local_union(int n)
{
    union u {
        unsigned i;
        unsigned char c[4];
    } x = {.i = 0x01020304};
    x.c[0] = (unsigned char)id(n);
    id(0);
    return (int)(x.i & 0xffffff) + x.c[3];
}

static int local_enum(int n)
{
    enum e { A, B = 5, C } x = B, *p = &x;
    if (id(n) > 2)
        x = C;
    *p += id(1);
    switch (x) {
    case A: return 0;
    case B: return 5;
    case C: return id(C);
    default: return -(int)x;
    }
}

static int enum_in_struct(int n)
{
    struct s {
        enum { ONE = 1, TWO } e;
        int a[TWO];
    } x = {TWO, {1, 2}};
    x.a[ONE] = id(n);
    id(0);
    return x.e * 100 + x.a[1] + TWO;
}

static int only_constants(int n)
{
    enum { K = 3 };
    int a[K] = {n, id(2), 3};
    return a[0] + a[K - 1] + id(K);
}

static int local_typedef(int n)
{
    typedef int num;
    typedef struct {
        num a;
    } rec, *ref;
    typedef num fn(num);
    rec x = {id(n)};
    ref p = &x;
    fn *f = 0;
    num k = id(3);
    id(0);
    return p->a * 10 + k + !f;
}

static int typedef_array(int n)
{
    enum { LEN = 4 };
    typedef short row[LEN];
    row r[2] = {{1, 2}, {3}};
    row *p = &r[1];
    (*p)[2] = (short)id(n);
    id(0);
    return r[1][2] * 10 + r[0][1] + (int)(sizeof(row) / sizeof(short));
}

static int shadowed_tag(int n)
{
    struct shared g = {n};
    struct shared {
        int w, v;
    } l = {1, id(2)};
    {
        struct shared {
            char c;
        } m = {'c'};
        id(0);
        l.v += m.c;
        g.v += id(1);
    }
    return g.v * 1000 + l.v + l.w;
}

static int shadowed_typedef(int n)
{
    typedef struct shared T;
    T a = {n};
    {
        typedef struct {
            int q[2];
        } T;
        T b = {{1, id(2)}};
        id(0);
        a.v += b.q[1];
    }
    T c = {id(a.v)};
    return c.v;
}

static int qualified(int n)
{
    struct s {
        const int a;
        volatile int b;
    };
    const struct s x = {id(n), 3};
    volatile struct s y = {1, 2};
    y.b = id(5);
    id(0);
    return x.a + x.b * 10 + y.b * 100;
}

static int attributes(int n)
{
    struct __attribute__((packed)) p {
        char c;
        int i;
    } x = {1, n};
    struct a {
        char c;
        int i;
    } __attribute__((aligned(32))) y = {2, 3};
    struct m {
        char c;
        int i __attribute__((aligned(16)));
    } z = {4, 5};
    struct al {
        _Alignas(8) char c;
        char d;
    } w = {6, 7};
    x.i += id(1);
    id(0);
    return x.i + y.i + z.i + w.d + (int)sizeof x * 100 + (int)sizeof y * 1000 +
           (int)sizeof z * 10000 + (int)sizeof w * 100000 +
           (int)((unsigned long)&y % 32);
}

static int bit_fields(int n)
{
    struct {
        unsigned a : 3, : 2, b : 5;
        int c : 4;
        unsigned : 0, d : 1;
    } x = {1, 2, -3, 1};
    x.a += (unsigned)id(n);
    x.b |= (unsigned)id(9);
    x.c -= id(2);
    id(0);
    return (int)x.a + (int)x.b * 10 + x.c * 1000 + (int)x.d +
           (int)sizeof x * 10000;
}

static int in_loop(int n)
{
    int s = 0;
    for (int i = 0; i < n; i++) {
        struct t {
            int a, b;
        } x = {i}, y;
        y = x;
        y.b = id(i);
        x.b += id(y.b);
        s += x.a + x.b * 2 + y.b * 3;
    }
    return s;
}

static int arrays_of(int n)
{
    struct e {
        const char *k;
        int v;
    } t[] = {{"a", 1}, {"b", id(n)}, {"c", 3}};
    int s = 0;
    for (struct e *p = t; p < t + sizeof t / sizeof *t; p++)
        s = s * 10 + id(p->v) + p->k[0] - 'a';
    return s;
}

static int in_stmt_expr(int n)
{
    int r = ({
                struct q {
                    int a;
                } v = {n};
                v.a += id(1);
                v;
            }).a;
    r += ({
             struct q {
                 int b, c;
             } v = {1, 2};
             v;
         }).c +
         id(1);
    return r;
}

static int by_value(struct shared s)
{
    struct w {
        struct shared s;
        int n;
    } x = {s, id(2)};
    struct w y = id(1) ? x : (struct w){{0}, 0};
    y.n += id(1);
    return x.s.v + y.s.v * 10 + x.n * 100 + y.n * 1000;
}

static int flexible(int n)
{
    struct f {
        int n;
        char c[];
    };
    union {
        struct f f;
        char space[16];
    } u = {.f = {3}};
    struct f *p = &u.f;
    p->c[2] = (char)id(n);
    id(0);
    return p->c[2] + p->n + (int)sizeof(struct f);
}

static int function_members(int n)
{
    struct ops {
        int (*f)(struct ops *, int);
        int k;
    };
    struct ops o = {0, id(n)};
    struct ops *(*g)(struct ops *) = 0;
    id(0);
    return !o.f + o.k + !g;
}

static int static_in_function(int n)
{
    static struct s {
        int a;
    } x = {1};
    struct s y = {id(n)};
    x.a += y.a;
    id(0);
    return x.a + y.a;
}

static int sizes(int n)
{
    struct s {
        long a;
        char b;
    } x = {n, 1};
    id(0);
    return (int)sizeof x + (int)sizeof(struct s) + (int)_Alignof(struct s) +
           (int)__builtin_offsetof(struct s, b) + (int)x.a;
}

static int casts(int n)
{
    struct s {
        int a, b;
    };
    char buf[sizeof(struct s)] = {0};
    ((struct s *)(void *)buf)->b = id(n);
    void *v = buf;
    id(0);
    struct s *p = v;
    struct s c = *(struct s *)v;
    return p->b + (id(0), c.b);
}

int main(void)
{
    for (int n = 0; n < 5; n++) {
        printf("n %d\n", n);
        printf("named_struct %d\n", named_struct(n));
        printf("anonymous_struct %d\n", anonymous_struct(n));
        printf("self_reference %d\n", self_reference(n));
        printf("mutual_reference %d\n", mutual_reference(n));
        printf("in_struct %d\n", in_struct(n));
        printf("local_union %d\n", local_union(n));
        printf("local_enum %d\n", local_enum(n));
        printf("enum_in_struct %d\n", enum_in_struct(n));
        printf("only_constants %d\n", only_constants(n));
        printf("local_typedef %d\n", local_typedef(n));
        printf("typedef_array %d\n", typedef_array(n));
        printf("shadowed_tag %d\n", shadowed_tag(n));
        printf("shadowed_typedef %d\n", shadowed_typedef(n));
        printf("qualified %d\n", qualified(n));
        printf("attributes %d\n", attributes(n));
        printf("bit_fields %d\n", bit_fields(n));
        printf("in_loop %d\n", in_loop(n));
        printf("arrays_of %d\n", arrays_of(n));
        printf("in_stmt_expr %d\n", in_stmt_expr(n));
        printf("by_value %d\n", by_value((struct shared){n}));
        printf("flexible %d\n", flexible(n));
        printf("function_members %d\n", function_members(n));
        printf("static_in_function %d\n", static_in_function(n));
        printf("sizes %d\n", sizes(n));
        printf("casts %d\n", casts(n));
    }
    return 0;
}
