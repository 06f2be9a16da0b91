/* SPDX-License-Identifier: MIT
 * C11 6.5.2.5, 6.2.4p8: compound literals, and arrays in structs that are
 * values, as long as C says they live. */
#include <stdio.h>
#include <string.h>

struct point {
    int x, y;
};
struct row {
    int v[3];
};

static int id(int x)
{
    return x;
}

static int sum(const int *p, int n)
{
    int s = 0;
    for (int i = 0; i < n; i++)
        s = s * 10 + id(p[i]);
    return s;
}

static int norm1(const struct point *p)
{
    id(0);
    return p->x + p->y;
}

static struct row make(int n)
{
    struct row r = {{n, n + 1, n + 2}};
    return r;
}

static struct row plain_make(int n)
{
    struct row r = {{n, n * 2, n * 3}};
    return r;
}

static int array_argument(int n)
{
    return sum((int[]){n, 2, 3}, 3);
}

static int struct_argument(int n)
{
    return norm1(&(struct point){n, id(2)}) +
           norm1(&(struct point){.y = id(n)});
}

static int kept(int n)
{
    int *p = (int[]){n, id(2), 3};
    struct point *q = &(struct point){.y = n, .x = id(7)};
    id(0);
    p[1] += id(1);
    q->x += p[1];
    return p[0] + p[1] * 10 + q->x * 100 + q->y * 1000;
}

static int kept_const(int n)
{
    const char *const *s = (const char *const[]){"one", "two", "three"};
    const struct point *p = &(const struct point){1, 2};
    id(0);
    return s[n % 3][0] + p->y + (int)strlen(s[2]);
}

static int assigned_later(int n)
{
    int *p, r = 0;
    p = (int[2]){id(n)};
    r += p[0];
    id(0);
    if (n > 1)
        p = &(int){id(5)};
    id(0);
    r += p == 0;
    return r;
}

static int in_loop(int n)
{
    int r = 0;
    for (int i = 0; i < n; i++) {
        int *p = (int[]){i, id(i * 2)};
        struct point *q = i % 2 ? &(struct point){i, 1} : &(struct point){2, i};
        id(0);
        r = r * 3 + p[0] + p[1] + q->x - q->y;
    }
    return r;
}

static int same_object(int n)
{
    int r = 0;
    int *last = 0;
again:;
    int *p = &(int){n};
    id(0);
    r += last == 0 || last == p;
    last = p;
    *p += 1;
    if (n-- > 0)
        goto again;
    return r;
}

static int for_header(int n)
{
    int r = 0;
    for (int *p = (int[]){n, 2, 3, 0}; *p; p++)
        r = r * 10 + id(*p);
    for (struct point *q = &(struct point){0, n}; q->x < q->y; q->x += id(1))
        r += q->x;
    return r;
}

static int condition(int n)
{
    int r = 0;
    if (id(((int[]){1, 0, 1})[n % 3]))
        r = 5;
    while (r < 3 + sum((int[]){n, 1}, 2) % 7)
        r++;
    switch (norm1(&(struct point){n, 0})) {
    case 2: r += 100;
    }
    return r;
}

static int nested(int n)
{
    struct list {
        int v;
        struct list *next;
    } *l = &(struct list){n, &(struct list){id(2), &(struct list){3, 0}}};
    int r = 0;
    for (; l; l = l->next)
        r = r * 10 + id(l->v);
    return r;
}

static int in_braces(int n)
{
    struct {
        const int *p;
        struct point q;
    } x = {(const int[]){n, id(4)}, (struct point){1, id(2)}};
    id(0);
    return x.p[1] * 10 + x.p[0] + x.q.y;
}

static int array_members(int n)
{
    int a[3] = {1, 2, 3};
    struct row r = {.v = {1, n}};
    a[0] += id(n);
    id(0);
    return a[0] + a[2] + r.v[1];
}

static int value_of(int n)
{
    struct point p = (struct point){n, id(1)};
    p = (struct point){p.y, id(p.x)};
    id(0);
    return p.x * 10 + p.y + (struct point){4, id(5)}.y + (int){id(3)};
}

static int scalar(int n)
{
    int *p = &(int){n};
    double *d = &(double){id(2) + 0.5};
    *p += id(1);
    *d *= 2;
    return *p + (int)*d + id(0);
}

static int strings(int n)
{
    char *s = (char[]){"hello"};
    char *t = (char[8]){"ab"};
    s[id(1)] = 'a';
    t[2] = (char)('0' + id(n));
    id(0);
    return s[1] + t[2] + (int)strlen(t) + (int)strlen(s);
}

static int member_array(int n)
{
    int *p = (struct row){{n, 2, id(3)}}.v;
    id(0);
    return p[0] + p[2] * 10;
}

static int value_array(int n)
{
    int r = sum(make(n).v, 3);
    r += sum(plain_make(n).v, 3);
    r += make(id(2)).v[id(1)] + plain_make(3).v[id(2)];
    r += sum((n ? make(1) : make(2)).v, 3);
    r += sum((id(0), make(n)).v, 2);
    return r;
}

static int value_order(int n)
{
    int r = sum(plain_make(id(n)).v, id(2)) + sum(make(1).v, make(1).v[1]);
    return r;
}

static int designated(int n)
{
    int *p = (int[6]){[3] = id(n), 7, [0] = 1, [1 ... 2] = id(9)};
    id(0);
    return sum(p, 6);
}

static int of_pointers(int n)
{
    int a = n, b = 2;
    int **p = (int *[]){&a, &b, 0};
    int r = 0;
    for (; *p; p++)
        r = r * 10 + id(**p);
    return r;
}

static int address_of_member(int n)
{
    int *p = &(struct point){n, id(8)}.y, *q = &((struct row){{1, n, 3}}.v[1]);
    id(0);
    return *p * 10 + *q;
}

static int in_stmt_expr(int n)
{
    return id(({
               int *p = (int[]){n, 4};
               p[0] + id(p[1]);
           })) +
           ({
               int *p = (int[]){n, 5};
               p[0] + p[1];
           });
}

static int in_return(int n)
{
    return n ? sum((int[]){n, id(n)}, 2) : norm1(&(struct point){id(3), 4});
}

static int block_ends(int n)
{
    int r = 0;
    {
        int *p = (int[]){n, 1};
        id(0);
        r += p[0];
    }
    {
        long *p = (long[]){n, 1, 2};
        id(0);
        r += (int)p[2];
    }
    return r;
}

int main(void)
{
    for (int n = 0; n < 5; n++) {
        printf("n %d\n", n);
        printf("array_argument %d\n", array_argument(n));
        printf("struct_argument %d\n", struct_argument(n));
        printf("kept %d\n", kept(n));
        printf("kept_const %d\n", kept_const(n));
        printf("assigned_later %d\n", assigned_later(n));
        printf("in_loop %d\n", in_loop(n));
        printf("same_object %d\n", same_object(n));
        printf("for_header %d\n", for_header(n));
        printf("condition %d\n", condition(n));
        printf("nested %d\n", nested(n));
        printf("in_braces %d\n", in_braces(n));
        printf("array_members %d\n", array_members(n));
        printf("value_of %d\n", value_of(n));
        printf("scalar %d\n", scalar(n));
        printf("strings %d\n", strings(n));
        printf("member_array %d\n", member_array(n));
        printf("value_array %d\n", value_array(n));
        printf("value_order %d\n", value_order(n));
        printf("designated %d\n", designated(n));
        printf("of_pointers %d\n", of_pointers(n));
        printf("address_of_member %d\n", address_of_member(n));
        printf("in_stmt_expr %d\n", in_stmt_expr(n));
        printf("in_return %d\n", in_return(n));
        printf("block_ends %d\n", block_ends(n));
    }
    return 0;
}
