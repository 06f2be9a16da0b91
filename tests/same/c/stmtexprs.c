/* SPDX-License-Identifier: MIT
 * GNU C statement expressions: calls and jumps in them, nested, everywhere. */
#include <stdio.h>

struct pair {
    int a, b;
};

static int id(int x)
{
    return x;
}

static int value(int n)
{
    int r = ({
                int x = id(n);
                x * 2;
            }) +
            id(1);
    r += ({ n; }) + ({ id(n); });
    r += ({
        int a[2] = {n, 4};
        a[1] + a[0];
    });
    return r;
}

static int without_value(int n)
{
    int r = 0;
    ({ r += id(n); });
    ({
        if (n)
            r++;
    });
    ({ ; });
    (void)({
        r += id(2);
        r;
    });
    return r;
}

static int return_plain(int n)
{
    int r = ({
        if (n > 2)
            return 77;
        n + 1;
    });
    return r;
}

static int x_is(int n)
{
    return n == 2;
}

static int return_after_call(int n)
{
    int x = id(n) + ({
                if (x_is(n))
                    return id(50);
                1;
            });
    return x;
}

static struct pair return_struct(int n)
{
    int x = ({
        if (n > 1)
            return (struct pair){n, 9};
        id(n);
    });
    return (struct pair){x, 2};
}

static void return_nothing(int n, int *r)
{
    *r = ({
        if (n == 3)
            return;
        n * 2;
    });
    *r += ({
        if (n == 2)
            return;
        id(1);
    });
}

static int returns_nothing(int n)
{
    int r = 100;
    return_nothing(n, &r);
    return r;
}

static int breaks(int n)
{
    int r = 0;
    for (int i = 0; i < 10; i++)
        r += ({
            if (i == n)
                break;
            i;
        });
    for (int i = 0; i < 10; i++)
        r += ({
            if (i == n)
                break;
            id(i);
        });
    while (id(1))
        r += ({
            if (r > 50)
                break;
            7;
        });
    return r;
}

static int continues(int n)
{
    int r = 0;
    for (int i = 0; i < 5; i++)
        r += ({
            if (i == n)
                continue;
            i + 1;
        });
    for (int i = 0; i < 5; i += id(1))
        r += ({
            if (i == n)
                continue;
            i + 1;
        });
    int k = 0;
    do {
        r += ({
            if (++k == n)
                continue;
            k;
        });
    } while (id(k) < 4);
    do
        r += ({
            if (--k == n)
                continue;
            id(k);
        });
    while (k > 0);
    return r;
}

static int jumps_out(int n)
{
    int r = 5, kept = 3;
    id(0);
    r += ({
        if (n == 1)
            goto out;
        10;
    });
    r += ({
        if (n == 2)
            goto out;
        id(100);
    });
    kept = 8;
    return r + kept;
out:
    return r * kept;
}

static int jumps_inside(int n)
{
    int r = ({
        __label__ again, done;
        int i = 0, s = 0;
    again:
        s += i;
        if (i++ >= n)
            goto done;
        goto again;
    done:
        s;
    });
    r += ({
        __label__ again;
        int i = 0, s = 0;
    again:
        s += id(i);
        if (i++ < n)
            goto again;
        s;
    });
    return r;
}

static int label_last(int n)
{
    return ({
        int x = n;
        if (id(x) > 2)
            goto end;
        x += 10;
    end:
        x;
    });
}

static int loops_inside(int n)
{
    int r = ({
        int s = 0;
        for (int i = 0; i < n; i++) {
            if (i == 2)
                continue;
            s += id(i);
            if (s > 8)
                break;
        }
        s;
    });
    r += ({
        int i = 0;
        while (i < n)
            i++;
        i;
    });
    return r;
}

static int nested(int n)
{
    return ({
               int a = ({
                   int b = id(n);
                   b + ({ id(b) + 1; });
               });
               a + ({
                   int a = id(2);
                   a;
               });
           }) +
           ({
               int z = ({ n; });
               z;
           });
}

static int structs(int n)
{
    struct pair p = ({
        struct pair q = {n, id(3)};
        q;
    });
    p.a += ({
               struct pair q = p;
               q.b += id(1);
               q;
           }).b;
    struct pair *r = &p;
    r->b = ({ *r; }).a + id(0);
    return p.a * 10 + p.b;
}

static int arrays_decay(int n)
{
    int a[3] = {n, 2, 3};
    int *p = ({
        id(0);
        a;
    });
    return p[0] + ({ a; })[1] + *({
               id(1);
               &a[2];
           });
}

static int in_conditions(int n)
{
    int r = 0;
    if (({
            int x = id(n);
            x > 1;
        }))
        r = 1;
    while (({
        r += id(1);
        r < 5;
    }))
        r += n;
    for (int i = ({ id(0); }); ({ i < n; }); ({ i += id(1); }))
        r += i;
    switch (({ id(r); })) {
    case 5: r += 100;
    }
    do
        r++;
    while (({ id(r) % 4; }));
    return r;
}

static int in_logic(int n)
{
    int r = (n && ({ id(n) > 1; })) || ({ id(n) == 1; });
    r += n ? ({
        int x = id(3);
        x;
    })
           : ({ 4; });
    r += (({ id(1); }), ({ id(2); }));
    return r;
}

static int in_arguments(int n)
{
    return id(({
               int x = n;
               x + id(1);
           })) +
           id(id(({ n; }))) + id(({
               if (n == 4)
                   return -1;
               n;
           }));
}

static int modifies_outer(int n)
{
    int a = n, b = 0;
    int r = ({
        a += id(1);
        b = a * 2;
        a;
    });
    r += ({
        int *p = &b;
        *p += 1;
        b;
    });
    return r * 100 + a * 10 + b;
}

static int shadows(int n)
{
    int x = n;
    int r = ({
                int x = 5;
                x += id(1);
                x;
            }) +
            x;
    r += ({
        int r = 3;
        r;
    });
    return r * 10 + x;
}

static int statics(int n)
{
    return ({
        static int count;
        count += id(n);
        count;
    });
}

static int max(int n)
{
#define MAX(a, b)                                                              \
    ({                                                                         \
        __auto_type x_ = (a);                                                  \
        __auto_type y_ = (b);                                                  \
        x_ > y_ ? x_ : y_;                                                     \
    })
    int m = MAX(n, 3);
    m = MAX(m, MAX(2, n + 1));
    int k = id(m);
    return MAX(k, m) + id(MAX(n, 2));
}

static int label_address(int n)
{
    int r = 0;
    void *p = ({
        __label__ here;
    here:
        (void)0;
        id(0);
        (void *)(n ? &&a : &&b);
    });
    goto *p;
a:
    r = 10;
b:
    return r + id(n);
}

int main(void)
{
    for (int n = 0; n < 5; n++) {
        printf("n %d\n", n);
        printf("value %d\n", value(n));
        printf("without_value %d\n", without_value(n));
        printf("return_plain %d\n", return_plain(n));
        printf("return_after_call %d\n", return_after_call(n));
        printf("return_struct %d\n", return_struct(n).a + return_struct(n).b);
        printf("returns_nothing %d\n", returns_nothing(n));
        printf("breaks %d\n", breaks(n));
        printf("continues %d\n", continues(n));
        printf("jumps_out %d\n", jumps_out(n));
        printf("jumps_inside %d\n", jumps_inside(n));
        printf("label_last %d\n", label_last(n));
        printf("loops_inside %d\n", loops_inside(n));
        printf("nested %d\n", nested(n));
        printf("structs %d\n", structs(n));
        printf("arrays_decay %d\n", arrays_decay(n));
        printf("in_conditions %d\n", in_conditions(n));
        printf("in_logic %d\n", in_logic(n));
        printf("in_arguments %d\n", in_arguments(n));
        printf("modifies_outer %d\n", modifies_outer(n));
        printf("shadows %d\n", shadows(n));
        printf("statics %d\n", statics(n));
        printf("max %d\n", max(n));
        printf("label_address %d\n", label_address(n));
    }
    return 0;
}
