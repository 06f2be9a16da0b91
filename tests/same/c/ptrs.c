/* SPDX-License-Identifier: MIT
 * Pointers to async functions wherever C has pointers to functions, and the
 * recursion that goes through them. ASYNC and AWAIT are empty in the plain
 * program. */
#include <stdio.h>

#include "values.h"

static int twice(int x)
{
    return 2 * id(x);
}

static void note(int *p, int x)
{
    *p += id(x);
}

typedef ASYNC int step(int);
typedef ASYNC int (*step_ptr)(int);

struct op {
    const char *name;
    ASYNC int (*run)(int);
    struct {
        step_ptr v[2];
    } in;
};

static const struct op table[] = {
    {"id", id, {{twice, id}}},
    {.run = twice, .in.v = {[1] = twice}},
};
static step *at_file = twice, *const fixed = id;
static ASYNC int (**indirect)(int) = &at_file;

static ASYNC int (*plain_choose(int n))(int)
{
    return n & 1 ? twice : id;
}

static step *plain_typed(int n)
{
    return n > 2 ? at_file : fixed;
}

static int in_variable(int n)
{
    ASYNC int (*p)(int) = twice, (*q)(int);
    q = p;
    p = id;
    return (AWAIT p(n)) + (AWAIT q(n)) * 10 + (AWAIT(*p)(1));
}

static int in_member(int n)
{
    struct op o = {"o", twice, {{id, twice}}}, *p = &o;
    o.in.v[0] = p->run;
    return (AWAIT o.run(n)) + (AWAIT p->in.v[1](n)) * 10 +
           (AWAIT table[id(1)].run(3)) + (AWAIT(&table[0])->in.v[id(0)](2));
}

static int in_array(int n)
{
    step_ptr v[3] = {id, twice, fixed}, *p = v, m[2][2] = {{id}, {twice, id}};
    return (AWAIT v[id(n) % 3](n)) + (AWAIT p[1](2)) + (AWAIT(*p++)(3)) +
           (AWAIT(**p)(4)) + (AWAIT m[id(1)][0](5));
}

static int takes_pointer(int n, ASYNC int (*f)(int), step g, step_ptr *h)
{
    return (AWAIT f(n)) + (AWAIT g(n)) * 10 + (AWAIT h[1](n)) * 100;
}

static int in_parameter(int n)
{
    step_ptr v[2] = {id, twice};
    return takes_pointer(n, twice, id, v) + takes_pointer(n, v[0], *v[1], v);
}

static int in_result(int n)
{
    return (AWAIT plain_choose(n)(n)) + (AWAIT plain_choose(id(2))(3)) * 10 +
           (AWAIT(*plain_typed(n))(4));
}

static int in_conditional(int n)
{
    step_ptr p = n > 2 ? id : twice, q = n ? p : NULL;
    return (AWAIT(id(n) > 2 ? twice : id)(n)) + (AWAIT p(1)) +
           (AWAIT(id(0) ? p : q)(2)) + (AWAIT(q ?: p)(3));
}

static int in_comma(int n)
{
    step_ptr p;
    return (AWAIT(id(n), twice)(n)) + (AWAIT(p = id, p)(2)) +
           (AWAIT(p = twice)(3));
}

static int in_comparison(int n)
{
    step_ptr p = twice;
    return (p == twice) + (p != id) * 2 + !p * 4 + (p && at_file) * 8 +
           (table[1].in.v[0] == NULL) * 16 + (*indirect == p) * 32 + id(n);
}

static int through_void(int n)
{
    const void *v = (const void *)twice;
    step_ptr p = v, q = (step_ptr)v;
    return (AWAIT p(n)) + (AWAIT q(1)) + (AWAIT((step_ptr)v)(2));
}

static int by_indirection(int n)
{
    step_ptr p = id, *pp = &p, **ppp = &pp;
    **ppp = twice;
    return (AWAIT(*pp)(n)) + (AWAIT(**ppp)(1)) + (AWAIT(*indirect)(2)) +
           (AWAIT(***ppp)(3));
}

static int void_result(int n)
{
    ASYNC void (*p)(int *, int) = note;
    int r = 0;
    AWAIT p(&r, n);
    (AWAIT(*p)(&r, 2));
    id(n) > 2 ? (AWAIT p(&r, 3)) : (void)0;
    return r;
}

static int in_arguments(int n)
{
    step_ptr p = twice;
    return id((AWAIT p((AWAIT p(n)) + id(1)))) +
           takes_pointer((AWAIT p(1)), p, p, (step_ptr[]){p, id});
}

static int in_loops(int n)
{
    int r = 0;
    for (step_ptr p = id; (AWAIT p(r)) < 20; p = p == id ? twice : id)
        r += (AWAIT p(n)) + 1;
    return r;
}

static int declared_by_typeof(int n)
{
    __typeof__(twice) *p = twice;
    __typeof__(&id) q = &id;
    __typeof__(p) v[] = {p, q};
    return (AWAIT p(n)) + (AWAIT q(n)) * 10 + (AWAIT v[1](2));
}

static int static_pointer(int n)
{
    static ASYNC int (*p)(int) = twice;
    static step_ptr v[] = {id, twice};
    int r = (AWAIT p(n)) + (AWAIT v[1](1));
    p = p == id ? twice : id;
    return r;
}

static int walk(int n, ASYNC int (*self)(int, void *), void *more)
{
    return n <= 0 ? 0 : n + (AWAIT self(n - 1, more));
}

struct recursion {
    int calls;
    ASYNC int (*self)(int, void *);
};

static int recurse(int n, void *more)
{
    struct recursion *r = more;
    r->calls += id(1);
    return walk(n, r->self, r);
}

static int recursion_by_pointer(int n)
{
    struct recursion r = {0, recurse};
    return recurse(n, &r) * 100 + r.calls;
}

static int collatz(int n, int depth)
{
    return n == 1 ? depth : collatz(n % 2 ? 3 * n + 1 : n / 2, depth + id(1));
}

static int direct_recursion(int n)
{
    return collatz(n + 20, 0);
}

static int hofstadter_m(int n);

static int hofstadter_f(int n)
{
    return n == 0 ? 1 : n - hofstadter_m(hofstadter_f(n - 1));
}

static int hofstadter_m(int n)
{
    return n == 0 ? 0 : n - hofstadter_f(hofstadter_m(n - 1));
}

static int mutual_recursion(int n)
{
    return hofstadter_f(n + 3) * 10 + hofstadter_m(n + 3);
}

static int ackermann(int m, int n)
{
    return !m ? n + 1 : ackermann(m - 1, n ? ackermann(m, n - 1) : 1);
}

static int nested_recursion(int n)
{
    return ackermann(2, n % 3);
}

int main(void)
{
    printf("in_variable %d", in_variable(1));
    printf(" %d\n", in_variable(5));
    printf("in_member %d", in_member(1));
    printf(" %d\n", in_member(5));
    printf("in_array %d", in_array(1));
    printf(" %d\n", in_array(5));
    printf("in_parameter %d", in_parameter(1));
    printf(" %d\n", in_parameter(5));
    printf("in_result %d", in_result(1));
    printf(" %d\n", in_result(5));
    printf("in_conditional %d", in_conditional(1));
    printf(" %d\n", in_conditional(5));
    printf("in_comma %d", in_comma(1));
    printf(" %d\n", in_comma(5));
    printf("in_comparison %d", in_comparison(1));
    printf(" %d\n", in_comparison(5));
    printf("through_void %d", through_void(1));
    printf(" %d\n", through_void(5));
    printf("by_indirection %d", by_indirection(1));
    printf(" %d\n", by_indirection(5));
    printf("void_result %d", void_result(1));
    printf(" %d\n", void_result(5));
    printf("in_arguments %d", in_arguments(1));
    printf(" %d\n", in_arguments(5));
    printf("in_loops %d", in_loops(1));
    printf(" %d\n", in_loops(5));
    printf("declared_by_typeof %d", declared_by_typeof(1));
    printf(" %d\n", declared_by_typeof(5));
    printf("static_pointer %d", static_pointer(1));
    printf(" %d\n", static_pointer(5));
    printf("recursion_by_pointer %d", recursion_by_pointer(1));
    printf(" %d\n", recursion_by_pointer(5));
    printf("direct_recursion %d", direct_recursion(1));
    printf(" %d\n", direct_recursion(5));
    printf("hofstadter_f %d", hofstadter_f(1));
    printf(" %d\n", hofstadter_f(5));
    printf("hofstadter_m %d", hofstadter_m(1));
    printf(" %d\n", hofstadter_m(5));
    printf("mutual_recursion %d", mutual_recursion(1));
    printf(" %d\n", mutual_recursion(5));
    printf("nested_recursion %d", nested_recursion(1));
    printf(" %d\n", nested_recursion(5));
    printf("%u\n", trace);
    return 0;
}
