/* SPDX-License-Identifier: MIT
 * C11 6.2.4, 6.7.1, 6.7.3: storage classes, qualifiers, scopes, addresses. */
#include <stdio.h>
#include <string.h>

struct big {
    int v[20];
    char tag;
};

int file_object = 3;
static _Thread_local int per_thread = 4;
extern int elsewhere;
int elsewhere = 11;

static int id(int x)
{
    return x;
}

static int bump(int *p)
{
    return ++*p;
}

static int address_kept(int n)
{
    int x = n, y[4] = {1, 2, 3, 4};
    int *p = &x, *q = y + 2;
    int **pp = &p;
    id(0);
    *p += bump(q);
    id(0);
    **pp += bump(&y[0]) + bump(p);
    return x + y[0] + y[2] + (p == &x) + (q == &y[2]) + (*pp == p);
}

static int parameter_address(int n, struct big b)
{
    int *p = &n;
    struct big *q = &b;
    char *t = &b.tag;
    id(0);
    bump(p);
    q->v[3] += bump(&b.v[2]);
    *t += 1;
    return n + b.v[3] + b.tag;
}

static int modified_parameter(int n, char c, double d)
{
    n += id(2);
    c++;
    d *= id(2);
    id(0);
    while (n-- > 3)
        c += (char)id(1);
    return n + c + (int)d;
}

static int array_parameter(int n, int a[], int m[2][3], char s[static 2])
{
    a[0] += id(n);
    m[1][2] = id(a[0]);
    s++;
    a++;
    return a[0] + m[1][2] + s[0] + (int)(sizeof m[0] / sizeof(int));
}

static int passes_arrays(int n)
{
    int a[2] = {1, 5}, m[2][3] = {{0}};
    char s[] = "abc";
    return array_parameter(n, a, m, s) + a[0] + m[1][2];
}

static int unused_parameters(int n, int unused, void *p, struct big b)
{
    return id(n);
}

static int shadowing(int n)
{
    int x = id(1), r = 0;
    {
        int x = 10 + n;
        id(0);
        r += x;
        {
            char x = (char)id(3);
            id(0);
            r += x;
        }
        r += x++;
        id(0);
        r += x;
    }
    id(0);
    return r * 10 + x;
}

static int shadowed_parameter(int n)
{
    int r = id(n);
    {
        int n = 50;
        id(0);
        r += n;
        for (int n = 0; n < 2; n += id(1))
            r += n;
    }
    return r + n + id(0);
}

static int shadows_function(int n)
{
    int bump = n + 1;
    id(0);
    {
        int file_object = 7;
        bump += file_object;
        id(0);
        {
            extern int file_object;
            bump += file_object;
        }
    }
    return bump;
}

static int statics(int n)
{
    static int count = 5, table[] = {1, 2, 3};
    static const char *names[] = {"a", "bc"};
    static struct big b = {.tag = 'x'};
    count += id(n);
    table[1] += bump(&count);
    b.v[0]++;
    return count + table[1] + names[1][0] + b.tag + b.v[0];
}

static int static_pointer(int n)
{
    static int value, *p = &value;
    *p += id(n);
    return value;
}

static int thread_local_object(int n)
{
    static _Thread_local int mine = 1;
    static __thread int old = 2;
    mine += id(n);
    per_thread += mine;
    id(0);
    return mine + old + per_thread;
}

static int extern_in_block(int n)
{
    extern int elsewhere;
    extern int puts(const char *);
    int abs(int);
    elsewhere += id(n);
    return elsewhere + abs(-3);
}

static int const_objects(int n)
{
    const int a = id(n);
    const int b[3] = {a, 2, 3};
    int *const p = &(int){5};
    const char *const s = "text";
    const struct big c = {{a, id(4)}, 'c'};
    id(0);
    *p += a;
    return a + b[0] + b[2] + *p + s[1] + c.v[1] + c.tag + id(c.v[0]);
}

static int volatile_objects(int n)
{
    volatile int v = n;
    volatile struct big b = {{1}, 'v'};
    const volatile int c = id(2);
    v += id(1);
    v++;
    b.v[0] = v;
    id(0);
    return v + b.v[0] + b.tag + c;
}

static int atomic_objects(int n)
{
    _Atomic int a = n;
    _Atomic(long) b = 2;
    _Atomic unsigned char *p, c = 250;
    p = &c;
    a += id(2);
    a++;
    b = b * id(3);
    *p += 10;
    id(0);
    return a + (int)b + c + (int)(b - b % 3);
}

static int registers(int n)
{
    register int a = n, b;
    register char *p = 0;
    b = id(a);
    auto int c = id(2);
    for (register int i = 0; i < 3; i++)
        a += id(i);
    return a + b + c + !p;
}

static int restricted(int n)
{
    int x = n, y = 2;
    int *restrict p = &x, *__restrict q = &y;
    *p += id(*q);
    id(0);
    return *p + *q;
}

static int uninitialised(int n)
{
    int a, b[3], c;
    struct big d;
    if (n > 2)
        a = id(1);
    else
        a = 2;
    b[1] = id(a);
    memset(&d, 1, sizeof d);
    c = d.tag;
    id(0);
    return a + b[1] + c + d.v[5] % 7;
}

static int conditional_value(int n)
{
    int a;
    if (id(n))
        a = 5;
    id(0);
    if (n) {
        id(0);
        return a;
    }
    return 0;
}

static int unknown_size(int n)
{
    int a[] = {n, 2, id(3)};
    char s[] = "hello", t[3] = "abc", u[] = {'x', 'y', 0};
    int m[][2] = {{1, 2}, {3}, 4};
    id(0);
    return (int)(sizeof a + sizeof s + sizeof t + sizeof u + sizeof m) + a[2] +
           s[4] + t[2] + u[1] + m[2][0];
}

static int big_by_value(int n)
{
    struct big a = {{1, 2, n}, 'q'}, b = a, c[2];
    b.v[2] += id(4);
    c[id(1)] = b;
    id(0);
    c[0] = c[1];
    return parameter_address(n, a) + c[0].v[2] + a.v[2] + c[1].tag;
}

static int sizes_of_objects(int n)
{
    int a[5] = {n};
    struct big b;
    char *p = (char *)&b;
    __typeof__(a) c;
    __typeof__(b.tag) d = (char)id(1);
    c[4] = id(3);
    p[0] = 2;
    id(0);
    return (int)(sizeof a + sizeof b + sizeof c + sizeof(p[0])) + c[4] + d +
           p[0] + (int)_Alignof(__typeof__(b));
}

static int self_in_initialiser(int n)
{
    struct self {
        void *me;
        int size;
    } s = {&s, sizeof s};
    void *p = &p;
    int x = sizeof x + n;
    id(0);
    return (s.me == &s) + s.size + (p == (void *)&p) + x;
}

static int aligned_objects(int n)
{
    _Alignas(64) char a[3] = {1, 2, 3};
    int b __attribute__((aligned(32))) = n;
    _Alignas(double) char c = 4;
    __attribute__((unused)) int d;
    int e __attribute__((unused)) = id(2);
    int *p = &b;
    id(0);
    return (int)((unsigned long)a % 64 + (unsigned long)p % 32 +
                 (unsigned long)&c % _Alignof(double)) +
           a[2] + *p + c;
}

static int many(int n)
{
    int a = n, b = a + 1, c = b + 1, d = c + 1, e = d + 1, f = e + 1;
    char g = (char)id(a), h = (char)id(b);
    long i = id(c), j = id(d);
    float k = (float)id(e);
    double l = id(f);
    id(0);
    return a + b * 2 + c * 3 + d * 4 + e * 5 + f * 6 + g * 7 + h * 8 +
           (int)(i * 9 + j * 10) + (int)(k * 11 + (float)l * 12);
}

static const char *name(void)
{
    const char *a = __func__;
    id(0);
    return a[0] == __func__[0] && strcmp(a, __FUNCTION__) == 0
               ? __PRETTY_FUNCTION__
               : "?";
}

int main(void)
{
    struct big b = {{1, 2, 3, 4}, 'm'};

    for (int n = 0; n < 5; n++) {
        printf("n %d\n", n);
        printf("address_kept %d\n", address_kept(n));
        printf("parameter_address %d\n", parameter_address(n, b));
        printf("modified_parameter %d\n", modified_parameter(n, 'c', 1.5));
        printf("passes_arrays %d\n", passes_arrays(n));
        printf("unused_parameters %d\n", unused_parameters(n, 1, 0, b));
        printf("shadowing %d\n", shadowing(n));
        printf("shadowed_parameter %d\n", shadowed_parameter(n));
        printf("shadows_function %d\n", shadows_function(n));
        printf("statics %d\n", statics(n));
        printf("static_pointer %d\n", static_pointer(n));
        printf("thread_local_object %d\n", thread_local_object(n));
        printf("extern_in_block %d\n", extern_in_block(n));
        printf("const_objects %d\n", const_objects(n));
        printf("volatile_objects %d\n", volatile_objects(n));
        printf("atomic_objects %d\n", atomic_objects(n));
        printf("registers %d\n", registers(n));
        printf("restricted %d\n", restricted(n));
        printf("uninitialised %d\n", uninitialised(n));
        printf("conditional_value %d\n", conditional_value(n));
        printf("unknown_size %d\n", unknown_size(n));
        printf("big_by_value %d\n", big_by_value(n));
        printf("sizes_of_objects %d\n", sizes_of_objects(n));
        printf("self_in_initialiser %d\n", self_in_initialiser(n));
        printf("aligned_objects %d\n", aligned_objects(n));
        printf("many %d\n", many(n));
        printf("name %s\n", name());
    }
    return 0;
}
