/* SPDX-License-Identifier: MIT
 * What aw_editor.h makes clang know of types, and what it objects to: clang
 * checks the comments that begin with `expected`. */
#include <aw.h>

struct pair {
    int a, b;
};

async int number(void);
async const char *text(int n);
async struct pair both(void);
async void nothing(void);
async double real(async int (*source)(void)); // expected-note {{declared}}
async_generator(struct pair) pairs(int n);

#define IS(T, e) \
    _Static_assert(__builtin_types_compatible_p(T, __typeof__(e)), #e)

static aw_task_storage(number) slot;

static async void results(aw_task(struct pair) p, aw_task(const char *) s)
{
    async int (*f)(void) = number;
    async struct pair (*table[])(void) = {both, 0};
    aw_task(int) t = aw_create_task(number());
    aw_task(void) v = aw_create_task(nothing());

    IS(int, await number());
    IS(int, await f());
    IS(const char *, await text(await number()));
    IS(struct pair, await both());
    IS(int, (await table[0]()).a);
    IS(double, await real(f) * 2);
    IS(int, await t);
    IS(int, (await p).b);
    IS(const char *, await s);
    IS(void, await nothing());
    IS(void, await aw_gather());
    IS(void, await aw_gather(aw_gather(number(), both())));
    IS(int, await aw_try(nothing()));
    IS(int, await aw_race(nothing(), number()));
    IS(const char *, await aw_wait_for_ms(text(1), 5));
    IS(void, await aw_wait_for_ms(aw_gather(), 5));
    IS(struct pair, await aw_shield(both()));
    IS(struct pair, await aw_create_task(both()));
    IS(int, aw_start(&slot, number()));
    IS(int, aw_run(nothing()));
    IS(bool, aw_cancel(p));
    IS(bool, aw_done(v));
    v = t;
    await v;
    await aw_gather_tasks(&t, 1);
    IS(void, await aw_gather_each(int i, 2, text(i)));
    IS(int, await aw_try(aw_gather_each(const size_t i, sizeof table,
                                        s = text((int)i))));
}

static async void queues(aw_queue(struct pair) *q)
{
    struct pair room[2];
    aw_queue(struct pair) own = AW_QUEUE_INIT(room);
    typedef aw_queue(const char *) texts;
    texts t;

    IS(struct pair, await aw_queue_get(q));
    IS(const char *, await aw_queue_get(&t));
    IS(void, await aw_queue_put(&own, *room));
    await queues(&own);
    await aw_queue_put(q, ((struct pair){1, 2}));
    aw_queue_close(&t);
}

async_generator(struct pair) pairs(int n)
{
    if (n == 0)
        return;
    while (n-- > 0)
        yield (struct pair){n, n};
}

static async int blocks(aw_group_ref other)
{
    int sum = 0, e[2];

    aw_group (g, .limit = 2) {
        IS(aw_group_ref, g);
        aw_group_spawn(g, sum = number());
        aw_group_spawn(other, e[1] = aw_try(sum = number()));
    }
    aw_for (struct pair p, pairs(3))
        sum += p.a;
    try {
        aw_timeout_ms (sum) {
            defer nothing();
            return sum;
        }
    } catch (5, 6) {
        throw aw_caught();
    } catch (int code) {
        throw code;
    } finally {
        sum = 0;
    }
}

static async int ends(int n)
{
    if (await number() > n)
        return 1;
} // expected-warning {{does not return a value}}

/* Flow is not analysed after the first error. */
static async int *wrong(aw_queue(int) *q, aw_queue(struct pair) *p)
{
    const char *s = await both(); // expected-error {{incompatible type}}
    struct pair a = await number(); // expected-error {{incompatible type}}
    // expected-error@+1 {{incompatible type}}
    aw_task(struct pair) t = aw_create_task(number());
    s = await real(number, 1); // expected-error {{too many arguments}}
    await aw_gather(a = number()); // expected-error {{incompatible type}}
    await aw_queue_put(q, a); // expected-error {{incompatible type}}
    await aw_queue_put(p, 1); // expected-error {{incompatible type}}
    await aw_queue_get(s); // expected-error {{not a function}}
    p = q; // expected-error {{incompatible}}
    aw_for (int n, pairs(1)) { // expected-error {{incompatible type}}
    }
    aw_group_spawn(q, number()); // expected-error {{distinct pointer types}}
    aw_start(&a, number()); // expected-error {{distinct pointer types}}
    throw s; // expected-warning {{incompatible}}
    if (a.a)
        return await real(number); // expected-error {{incompatible}}
}

static async_generator(int) kinds(void)
{
    yield "text"; // expected-warning {{incompatible}}
}
