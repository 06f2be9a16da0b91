/* SPDX-License-Identifier: MIT
 * GNU C, and the C23 spellings that gcc 12 takes: statement attributes,
 * statement expressions that jump, asm, vectors, 128 bits, builtins. */
#include <complex.h>
#include <stdio.h>
#include <string.h>

#include "values.h"

struct pair {
    int a, b;
};

static struct pair make(int a, int b)
{
    struct pair p = {a, b};
    return p;
}

static void plain_clean(int *p)
{
    trace += (unsigned)*p * 7;
}

static int jump_return(int n)
{
    int r = n + ({
                if (n > 2)
                    return id(77);
                id(5);
            });
    return r;
}

static int jump_return_without_call(int n)
{
    int r = 1;
    r += ({
        if (n > 2)
            return 77;
        5;
    });
    id(r);
    return r;
}

static int jump_break_continue(int n)
{
    int r = 0;
    for (int i = 0; i < 6; i++) {
        r += ({
            if (id(i) == 1)
                continue;
            if (i == n)
                break;
            i;
        });
        while (1)
            r += ({
                break;
                1;
            });
    }
    return r;
}

static int jump_goto(int n)
{
    int r = 0;
again:
    r += n + ({
             if (r++ < 20)
                 goto again;
             id(n);
         });
    return r;
}

static int jump_in_argument(int n)
{
    int r = 0;
    while (1) {
        r += id(n + ({
                    if (r > 10)
                        break;
                    id(n);
                }));
    }
    return r;
}

static int jump_in_condition(int n)
{
    int r = 0;
    for (int i = 0; ({
             if (i > 5)
                 return -1;
             id(i) < (n > 2 ? 9 : 4);
         });
         i++)
        r += n;
    return r;
}

static int nested_stmt_exprs(int n)
{
    int x = ({
                int y = ({
                    int z = id(n);
                    z + id(1);
                });
                struct pair p = make(y, id(2));
                p;
            }).a;
    return x + ({ ({ id(3); }) + ({ id(4); }); });
}

static int stmt_expr_arrays(int n)
{
    int *p = ({
        static int a[3];
        a[1] = id(n);
        a;
    });
    return p[1] + ({
               int b[2] = {id(1), id(2)};
               b[0] + b[1];
           });
}

static int stmt_expr_void(int n)
{
    ({ id(n); });
    ({});
    ({
        if (id(1))
            ;
    });
    (void)({ id(2); });
    ({
        ;
        id(3);
    });
    return n;
}

static int typeof_of_everything(int n)
{
    __typeof__(n) a = id(1);
    __typeof__(&a) p = &a;
    __typeof__(*p) b = *p + id(n);
    __typeof__(((struct pair *)0)->a) c = id(2);
    __typeof__((char)0 + 1L) d = id(3);
    __typeof__("abc") s = "xyz";
    const __typeof__(int *) q = &b;
    return a + *q + c + (int)d + s[id(1)] + (int)sizeof s;
}

static int case_ranges(int n)
{
    int r = 0;
    for (int i = 0; i < 12; i += id(3))
        switch (id(i)) {
        case 0 ... 2: r += 1; break;
        case 3: r += 10;
        case 4 ... 6: r += 100; break;
        case -5 ... - 1: r += 1000;
        default: r += id(n);
        }
    return r;
}

static int fallthrough_attributes(int n)
{
    int r = 0;
    switch (id(n)) {
    case 1: r += id(1); __attribute__((fallthrough));
    case 2: r += id(10); [[fallthrough]];
    case 5: r += id(100); break;
    default: __builtin_unreachable();
    }
    return r;
}

static int statement_attributes(int n)
{
    int r __attribute__((unused)) = id(n);
    __attribute__((unused)) int a = id(1), b __attribute__((aligned(16))) = 2;
    [[maybe_unused]] int c = id(3);
    if (__builtin_expect(id(n) > 2, 0))
        r++;
unused:
    __attribute__((unused));
    [[]];
    return r + a + b;
}

static int local_labels(int n)
{
    int r = 0;
    for (int i = 0; i < 2; i++) {
        __label__ out, in;
        if (id(i) == 0)
            goto out;
    in:
        r += id(10);
        if (r > 25)
            continue;
        goto in;
    out:
        r += id(n);
    }
    return r;
}

static int cleanup_attribute(int n)
{
    int r = 0;
    for (int i = 0; i < 4; i++) {
        __attribute__((cleanup(plain_clean))) int a = id(i), b = 3;
        if (id(i) == 1)
            continue;
        if (id(i) == 3)
            break;
        {
            __attribute__((cleanup(plain_clean))) int c = id(n);
            if (id(i) == 2 && n == 5)
                return r + c;
            r += c;
        }
        b += id(a);
    }
    return r;
}

static int cleanup_in_stmt_expr(int n)
{
    int r = ({
        __attribute__((cleanup(plain_clean))) int a = id(n);
        int b = id(2);
        a++, b + a;
    });
    return r + ({
               __attribute__((cleanup(plain_clean))) int c = 3;
               c *n;
           });
}

static int asm_register_operands(int n)
{
    int a = id(n), b = id(3), r;
    __asm__("leal (%1,%2), %0" : "=r"(r) : "r"(a), "r"(b));
    __asm__ volatile("incl %0" : "+r"(a) : : "cc");
    id(r);
    return a * 100 + r;
}

static int asm_memory_operands(int n)
{
    int v[3] = {id(1), 2, 3}, *p = &v[id(1)];
    struct pair s = make(n, 5);
    __asm__("addl $5, %0" : "+m"(v[2]));
    id(1);
    __asm__("addl %1, %0" : "+m"(*p) : "r"(s.a) : "cc");
    __asm__ volatile("" : : "m"(s), "g"(v) : "memory");
    __asm__("movl %[from], %[to]" : [to] "=r"(s.b) : [from] "rm"(v[1]));
    return v[0] + v[1] * 10 + v[2] * 100 + s.b + id(2);
}

static int asm_labels(int n)
{
    int r = id(n);
    __asm__ goto("testl %0, %0\n\tjnz %l1" : : "r"(r & 2) : "cc" : two);
    r += id(10);
two:
    __asm__ __volatile__("nop");
    return r;
}

static int vectors(int n)
{
    typedef float v4f __attribute__((vector_size(16)));
    typedef int v4i __attribute__((vector_size(16)));
    v4f a = {1, 2, 3, (float)id(n)}, b = a * (v4f){2, 2, 2, 2};
    v4i m = a < b;
#ifdef __clang__ /* has no __builtin_shuffle */
    v4i s = {m[3], m[2], m[1], m[0]};
#else
    v4i s = __builtin_shuffle(m, (v4i){3, 2, 1, 0});
#endif
    b[id(0)] += id(10);
    b = b + a;
    s += (v4i){id(1), id(2), id(3), id(4)};
    return (int)(b[0] + b[3]) + m[id(1)] + s[2] + (int)sizeof a;
}

static int complex_numbers(int n)
{
    double complex z = id(n) + real(2.0) * I;
    float _Complex f = 1.0f + 2.0fi;
    z *= ~z;
    f += id(1);
    z += creal(z) > 3 ? id(1) : real(0.5) * I;
    return (int)creal(z) * 10 + (int)__imag__ z + (int)__real__ f +
           (z == id(3)) + (int)__imag__(id(1) * 4.0i);
}

static int int128_values(int n)
{
    __int128 a = (__int128)id(n) << 64;
    unsigned __int128 b = ~(unsigned __int128)0 / (unsigned)id(3);
    __int128 v[2] = {a + id(1), -a};
    a = v[id(1)] + (__int128)id(2);
    return (int)(a >> 64) + (int)(b >> 100) + (int)v[0];
}

static int long_doubles(int n)
{
    long double a = id(n) / 4.0L, b = real(1.5), v[2] = {a, b};
    a += v[id(1)] * id(2);
    return (int)(a * 100) + (int)(b * id(10)) + (int)sizeof v;
}

static int builtins(int n)
{
    int a = 0;
    return __builtin_popcount((unsigned)id(n)) + __builtin_clz(id(1)) +
           __builtin_choose_expr(1, id(2), id(3)) +
           __builtin_types_compatible_p(int, __typeof__(n)) +
           __builtin_constant_p(n++) * 0 + __builtin_abs(id(-4)) +
           __builtin_add_overflow(id(n), 5, &a) + a +
           (int)__builtin_strlen("four") + __builtin_ffs(id(8));
}

static int atomics(int n)
{
    int a = id(n), e = 3;
    __atomic_fetch_add(&a, id(2), __ATOMIC_SEQ_CST);
    __sync_fetch_and_or(&a, id(64));
    __atomic_compare_exchange_n(&e, &a, id(5), 0, __ATOMIC_SEQ_CST,
                                __ATOMIC_SEQ_CST);
    return a * 10 + e + __atomic_load_n(&a, __ATOMIC_RELAXED) + id(1);
}

static int literals(int n)
{
    return 0b101 * id(n) + 0x1p3 + 'ab' % 7 + L'x' + u'y' + U'z' + 1.5e2f +
           (int)sizeof u8"ä" + L"wide"[id(1)] + '\e' + '\x41' + '\101';
}

static int ranges_and_pointers(int n)
{
    void *p = &n;
    int a[4] = {[0 ... 3] = id(n)}, z[0];
    p = (char *)p + id(0);
    p += sizeof *a * (unsigned)id(0);
    return a[id(2)] + *(int *)p + (int)sizeof z + (int)sizeof(void) +
           (void *)a - (void *)a;
}

static int unions_by_cast(int n)
{
    union u {
        int i;
        double d;
    } u = (union u)id(n), v = (union u)real(2.5);
    return u.i + (int)(v.d * 2) + ((union u)id(3)).i;
}

static int old_names(int n)
{
    __const int a = id(n);
    __volatile__ int b = id(2);
    __signed__ char c = (signed char)id(-3);
    __extension__ long long d = __extension__(id(4));
    int *__restrict p = 0;
    return a + b + c + (int)d + (p == 0) + (int)__alignof(a);
}

static int function_names(int n)
{
    return (int)(strlen(__func__) + strlen(__FUNCTION__)) + id(n) +
           (__PRETTY_FUNCTION__[0] == __func__[id(0)]);
}

int main(void)
{
    printf("jump_return %d", jump_return(1));
    printf(" %d\n", jump_return(5));
    printf("jump_return_without_call %d", jump_return_without_call(1));
    printf(" %d\n", jump_return_without_call(5));
    printf("jump_break_continue %d", jump_break_continue(1));
    printf(" %d\n", jump_break_continue(5));
    printf("jump_goto %d", jump_goto(1));
    printf(" %d\n", jump_goto(5));
    printf("jump_in_argument %d", jump_in_argument(1));
    printf(" %d\n", jump_in_argument(5));
    printf("jump_in_condition %d", jump_in_condition(1));
    printf(" %d\n", jump_in_condition(5));
    printf("nested_stmt_exprs %d", nested_stmt_exprs(1));
    printf(" %d\n", nested_stmt_exprs(5));
    printf("stmt_expr_arrays %d", stmt_expr_arrays(1));
    printf(" %d\n", stmt_expr_arrays(5));
    printf("stmt_expr_void %d", stmt_expr_void(1));
    printf(" %d\n", stmt_expr_void(5));
    printf("typeof_of_everything %d", typeof_of_everything(1));
    printf(" %d\n", typeof_of_everything(5));
    printf("case_ranges %d", case_ranges(1));
    printf(" %d\n", case_ranges(5));
    printf("fallthrough_attributes %d", fallthrough_attributes(1));
    printf(" %d\n", fallthrough_attributes(5));
    printf("statement_attributes %d", statement_attributes(1));
    printf(" %d\n", statement_attributes(5));
    printf("local_labels %d", local_labels(1));
    printf(" %d\n", local_labels(5));
    printf("cleanup_attribute %d", cleanup_attribute(1));
    printf(" %d\n", cleanup_attribute(5));
    printf("cleanup_in_stmt_expr %d", cleanup_in_stmt_expr(1));
    printf(" %d\n", cleanup_in_stmt_expr(5));
    printf("asm_register_operands %d", asm_register_operands(1));
    printf(" %d\n", asm_register_operands(5));
    printf("asm_memory_operands %d", asm_memory_operands(1));
    printf(" %d\n", asm_memory_operands(5));
    printf("asm_labels %d", asm_labels(1));
    printf(" %d\n", asm_labels(5));
    printf("vectors %d", vectors(1));
    printf(" %d\n", vectors(5));
    printf("complex_numbers %d", complex_numbers(1));
    printf(" %d\n", complex_numbers(5));
    printf("int128_values %d", int128_values(1));
    printf(" %d\n", int128_values(5));
    printf("long_doubles %d", long_doubles(1));
    printf(" %d\n", long_doubles(5));
    printf("builtins %d", builtins(1));
    printf(" %d\n", builtins(5));
    printf("atomics %d", atomics(1));
    printf(" %d\n", atomics(5));
    printf("literals %d", literals(1));
    printf(" %d\n", literals(5));
    printf("ranges_and_pointers %d", ranges_and_pointers(1));
    printf(" %d\n", ranges_and_pointers(5));
    printf("unions_by_cast %d", unions_by_cast(1));
    printf(" %d\n", unions_by_cast(5));
    printf("old_names %d", old_names(1));
    printf(" %d\n", old_names(5));
    printf("function_names %d", function_names(1));
    printf(" %d\n", function_names(5));
    printf("%u\n", trace);
    return 0;
}
