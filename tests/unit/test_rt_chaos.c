/* SPDX-License-Identifier: MIT
 * Random programs: async functions that sleep, gather, race, wait, shield,
 * try, group, lock and join at random, that are cancelled and fail at random,
 * with memory that is sometimes missing. Each that began ends once, children
 * before the storage they stand in (which is then overwritten), every object
 * is as new afterwards and all memory has come back.
 *     CHAOS_SEED=17 CHAOS_COUNT=1 CK_RUN_SUITE=rt_chaos build/asan/unit
 * runs one of them. */
/* clang-format off */
#include "tests/unit/suite.h"

#include "tests/unit/rt.h"

enum { HANDLES = 6, BIRTHS = 2000, ROUNDS = 3, DEPTH = 4, LIVE = 4096 };

static uint64_t seed;
static bool ending;
static long live_bytes;
static struct aw_task *handle[HANDLES];
static struct aw_task *live[LIVE];
static int lives, births;
static aw_lock lock;
static aw_semaphore semaphore;
static aw_event event;
static aw_condition condition;
static aw_barrier barrier;
static aw_flag flag;
static int room[2];
static struct aw_queue queue;

static unsigned pick(unsigned n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (unsigned)((seed >> 20) % n);
}

static void *get_memory(void *ctx, size_t size)
{
    (void)ctx;
    void *p = pick(50) ? malloc(size) : NULL;
    if (p) {
        memset(p, 0xa5, size);
        live_bytes += (long)size;
    }
    return p;
}

static void free_memory(void *ctx, void *p, size_t size)
{
    (void)ctx;
    if (p) {
        memset(p, 0x5a, size);
        live_bytes -= (long)size;
    }
    free(p);
}

static const aw_allocator memory = {get_memory, free_memory, NULL};

static void begun(struct aw_task *t)
{
    ck_assert_int_lt(lives, LIVE);
    births++;
    live[lives++] = t;
}

static void ended(struct aw_task *t)
{
    int i = lives;
    while (--i >= 0 && live[i] != t)
        ;
    ck_assert_int_ge(i, 0);
    live[i] = live[--lives];
}

/* Programs may wait in a circle, but only for each other. */
static void ask_all(const char *what)
{
    ck_assert_msg(ending, "%s at %d", what, (int)aw_now_ms());
    for (int i = 0; i < lives; i++)
        aw_cancel(live[i]);
}

/* --- what the functions share -------------------------------------------- */

/* Of a function with children: their storage, kept until it is left. */
struct kin;
struct owner {
    int depth;
    struct awi_gather *held;
    struct kin *kin;
};

static void add_kin(struct owner *o, struct awi_gather *g, unsigned n);
static void free_kin(struct owner *o);
static const struct aw_desc *node_desc(void);
static void set_depth(struct aw_frame *node, int depth);

static struct aw_task *fill(struct aw_task *t, int depth)
{
    if (t)
        set_depth(awi_task_frame(t), depth);
    return t;
}

static bool may_grow(int depth)
{
    return depth < DEPTH && births < BIRTHS && !ending;
}

static struct aw_task *some_task(void)
{
    return handle[pick(HANDLES)];
}

static void respawn(int depth)
{
    struct aw_task **h = &handle[pick(HANDLES)], *t = NULL;
    if (may_grow(depth))
        t = fill(awi_task_new(node_desc()), depth);
    if (!t)
        return;
    awi_task_start(t);
    if (pick(4) == 0)
        aw_task_set_name(t, "named");
    aw_task_release(*h);
    *h = t;
}

#define ACT(f, ...) FRAME(f, struct owner o; __VA_ARGS__)

/* The function ends with r, once nothing is held any more. */
#define LEAVE \
    do { \
        my->ret = r; \
        r = 0; \
        my->aw.state = __LINE__; \
        /* fall through */ \
    case __LINE__: \
        r = awi_drain(t, &my->o.held, NULL, 0, r); \
        if (r == AW_PENDING) \
            return r; \
        free_kin(&my->o); \
        return r ? r : my->ret; \
    } while (0)

/* Awaits f(on), one of the async functions of <aw.h>. */
#define AWAIT(f, ...) \
    do { \
        my->f = (struct awf_##f){.aw = {0}, __VA_ARGS__}; \
        CALL(my->f.aw, awfr_##f, awfd_##f); \
    } while (0)

/* --- what a function may do ---------------------------------------------- */

ACT(sleeping,)
{
    BEGIN(sleeping);
    SLEEP((int)pick(6) - 1);
    END;
}

struct inner {
    struct awi_child k;
    struct awi_gather g;
};

ACT(gathering, struct awi_gather g; struct awi_handle h; struct inner in;)
{
    BEGIN(gathering);
    awi_gather_init(&my->g);
    awi_hold_in(&my->g, &my->o.held);
    add_kin(&my->o, &my->g, pick(4));
    if (pick(3) == 0)
        awi_gather_add_task(&my->g, &my->h, some_task(), NULL, NULL);
    if (pick(3) == 0) {
        awi_gather_init(&my->in.g);
        awi_hold_in(&my->in.g, &my->o.held);
        add_kin(&my->o, &my->in.g, 2);
        awi_gather_add(&my->g, &my->in.k, &my->in.g.aw, &awi_gather_desc, NULL);
    }
    GATHER(my->g);
    LEAVE;
    END;
}

ACT(gathering_tasks, struct awi_gather_tasks g; struct aw_task *some[3];)
{
    BEGIN(gathering_tasks);
    for (int i = 0; i < 3; i++)
        my->some[i] = some_task();
    awi_gather_tasks_init(&my->g, my->some, pick(4));
    CALL(my->g.g.aw, awi_gather_tasks, awi_gather_tasks_desc);
    END;
}

ACT(racing, struct awi_gather g; struct awi_handle h;)
{
    BEGIN(racing);
    awi_race_init(&my->g);
    awi_hold_in(&my->g, &my->o.held);
    if (pick(3) == 0)
        awi_gather_add_task(&my->g, &my->h, some_task(), NULL, NULL);
    add_kin(&my->o, &my->g, 2);
    if (my->g.last)
        RACE(my->g);
    LEAVE;
    END;
}

static bool add_only(struct owner *o, struct awi_gather *g,
                     struct awi_handle *h)
{
    awi_hold_in(g, &o->held);
    if (pick(3) == 0)
        awi_gather_add_task(g, h, some_task(), NULL, NULL);
    else
        add_kin(o, g, 1);
    return g->last != NULL;
}

ACT(waiting_for, struct awi_wait_for w; struct awi_handle h;)
{
    BEGIN(waiting_for);
    awi_wait_for_init(&my->w, (int)pick(5) - 1);
    if (add_only(&my->o, &my->w.g, &my->h))
        WAIT_FOR(my->w);
    LEAVE;
    END;
}

ACT(shielding, struct awi_gather g; struct awi_handle h;)
{
    BEGIN(shielding);
    awi_shield_init(&my->g);
    if (add_only(&my->o, &my->g, &my->h))
        SHIELD(my->g);
    LEAVE;
    END;
}

ACT(joining, struct aw_task *on;)
{
    BEGIN(joining);
    my->on = some_task();
    JOIN(my->on);
    awi_unjoin(my->on);
    END;
}

ACT(timing, struct awi_timeout outer, inner;
    struct awf_aw_semaphore_acquire aw_semaphore_acquire;)
{
    BEGIN(timing);
    awi_timeout_begin(t, &my->outer, (int)pick(5) - 1);
    AWAIT(aw_semaphore_acquire, .semaphore = &semaphore);
    if (r == 0) {
        awi_timeout_begin(t, &my->inner, (int)pick(4) - 1);
        SLEEP((int)pick(4) - 1);
        r = awi_timeout_end(t, &my->inner, r);
        aw_semaphore_release(&semaphore);
    }
    r = awi_timeout_end(t, &my->outer, r);
    END;
}

ACT(locking, struct awf_aw_lock_acquire aw_lock_acquire;
    struct awf_aw_condition_wait aw_condition_wait;)
{
    BEGIN(locking);
    AWAIT(aw_lock_acquire, .lock = &lock);
    if (r)
        return r;
    if (pick(2))
        AWAIT(aw_condition_wait, .condition = &condition);
    else
        SLEEP(pick(2));
    ck_assert_int_eq(aw_condition_notify(&condition, pick(3)), 0);
    ck_assert_int_eq(aw_lock_release(&lock), 0);
    END;
}

ACT(meeting, struct awf_aw_event_wait aw_event_wait;
    struct awf_aw_barrier_wait aw_barrier_wait;
    struct awf_aw_flag_wait aw_flag_wait;)
{
    BEGIN(meeting);
    switch (pick(3)) {
    case 0: my->ret = 1; break;
    case 1: my->ret = 2; break;
    default: my->ret = 3; break;
    }
    if (my->ret == 1)
        AWAIT(aw_event_wait, .event = &event);
    else if (my->ret == 2)
        AWAIT(aw_barrier_wait, .barrier = &barrier);
    else
        AWAIT(aw_flag_wait, .flag = &flag);
    END;
}

ACT(queueing, int value; struct awf_aw_queue_put aw_queue_put;
    struct awf_aw_queue_get aw_queue_get;)
{
    BEGIN(queueing);
    my->value = 17;
    if (pick(2))
        AWAIT(aw_queue_put, .queue = &queue, .value = &my->value);
    else
        AWAIT(aw_queue_get, .queue = &queue, .dst = &my->value);
    ck_assert_int_eq(my->value, 17);
    END;
}

static void spawn_some(struct owner *o, struct awi_group *g)
{
    for (unsigned n = pick(4); n > 0 && may_grow(o->depth); n--)
        fill(awi_group_spawn(g, node_desc(), NULL), o->depth + 1);
}

ACT(grouping, struct awi_group g;)
{
    BEGIN(grouping);
    awi_group_begin(t, &my->g, pick(3));
    spawn_some(&my->o, &my->g);
    SLEEP((int)pick(3) - 1);
    if (r == 0)
        spawn_some(&my->o, &my->g);
    GROUP_END(my->g, r);
    END;
}

/* Awaits another such function, in a frame apart. */
ACT(calling, struct aw_frame *f;)
{
    BEGIN(calling);
    my->f = may_grow(my->o.depth) ? awi_box_new(&my->aw, node_desc()) : NULL;
    if (!my->f)
        return ENOMEM;
    set_depth(my->f, my->o.depth + 1);
    r = node_desc()->resume(my->f, t, 0);
    if (awi_waits(r)) {
        my->aw.state = 1;
        return awi_link(t, r, my->f, node_desc(), AWI_UP_BOXED);
    case 1:;
    }
    awi_box_free(my->f, node_desc());
    END;
}

ACT(trying, struct awi_try y; struct awf_calling call;)
{
    BEGIN(trying);
    my->call.aw.state = 0;
    my->call.o.depth = my->o.depth;
    awi_try_init(&my->y, &my->call.aw, &awfd_calling, NULL);
    CALL(my->y.aw, awi_try, awi_try_desc);
    END;
}

/* --- a function that does several of them -------------------------------- */

union act {
    struct awf_sleeping any;
    struct awf_gathering a;
    struct awf_gathering_tasks b;
    struct awf_racing c;
    struct awf_waiting_for d;
    struct awf_shielding e;
    struct awf_joining f;
    struct awf_timing g;
    struct awf_locking h;
    struct awf_meeting i;
    struct awf_queueing j;
    struct awf_grouping k;
    struct awf_calling l;
    struct awf_trying m;
};

static const struct aw_desc *const acts[] = {
    &awfd_sleeping, &awfd_gathering,   &awfd_gathering_tasks, &awfd_racing,
    &awfd_shielding, &awfd_waiting_for, &awfd_joining,         &awfd_timing,
    &awfd_locking,  &awfd_meeting,     &awfd_queueing,        &awfd_grouping,
    &awfd_calling,  &awfd_trying,
};

static const struct aw_desc *begin_act(union act *u, struct owner o)
{
    const struct aw_desc *d = acts[pick(LEN(acts))];
    memset(u, 0, sizeof *u);
    u->any.o.depth = o.depth;
    return d;
}

/* An error of its own, or the errors and cancellations it takes away. */
static int change_mind(struct aw_task *t, int r)
{
    if (r == 0)
        return pick(12) ? 0 : 40 + (int)pick(5);
    if (ending || pick(3) == 0)
        return r;
    if (r == AW_CANCELLED)
        awi_uncancel(t);
    return 0;
}

FRAME(node, int round; struct owner o; const struct aw_desc *act; union act u;)
{
    BEGIN(node);
    begun(t);
    for (my->round = 0; my->round < ROUNDS && !ending; my->round++) {
        if (pick(10) == 0)
            respawn(my->o.depth);
        if (pick(20) == 0)
            aw_cancel(live[pick((unsigned)lives)]);
        my->act = begin_act(&my->u, my->o);
        CALL(my->u.any.aw, my->act->resume, *my->act);
        r = change_mind(t, r);
        if (r)
            break;
    }
    if (pick(3) == 0) {
        my->ret = r;
        SLEEP(pick(3));
        r = r ? r : my->ret;
    }
    ended(t);
    END;
}

static const struct aw_desc *node_desc(void)
{
    return &awfd_node;
}

static void set_depth(struct aw_frame *node, int depth)
{
    ((struct awf_node *)node)->o.depth = depth;
}

struct kin {
    struct awi_child k;
    struct kin *next;
    struct awf_node f;
};

static void add_kin(struct owner *o, struct awi_gather *g, unsigned n)
{
    while (n-- > 0 && may_grow(o->depth)) {
        struct kin *k = awi_mem_new(sizeof *k);
        if (!k)
            continue;
        k->next = o->kin;
        o->kin = k;
        k->f.aw.state = 0;
        k->f.o.depth = o->depth + 1;
        awi_gather_add(g, &k->k, &k->f.aw, &awfd_node, NULL);
    }
}

static void free_kin(struct owner *o)
{
    struct kin *k;
    while ((k = o->kin) != NULL) {
        o->kin = k->next;
        awi_mem_free(k, sizeof *k);
    }
}

/* --- programs ------------------------------------------------------------ */

static void ignore(void *ctx, const aw_error_report *report)
{
    (void)ctx;
    (void)report;
}

/* What others do to the functions. */
static void stir(void)
{
    if (lives < 300)
        respawn(0);
    aw_cancel(some_task());
    if (lives && pick(2))
        aw_cancel(live[pick((unsigned)lives)]);
    if (pick(3) == 0)
        aw_event_set(&event);
    if (pick(3) == 0)
        aw_event_clear(&event);
    if (pick(3) == 0)
        aw_flag_set(&flag);
}

FRAME(chaos, int i;)
{
    BEGIN(chaos);
    aw_loop_set_exception_handler(ignore, NULL);
    for (; my->i < 60; my->i++) {
        stir();
        SLEEP((int)pick(3) - 1);
    }
    ending = true;
    for (my->i = 0; my->i < HANDLES; my->i++) {
        aw_task_release(handle[my->i]);
        handle[my->i] = NULL;
    }
    r = 0;
    END;
}

static void make_objects(void)
{
    lock = (aw_lock)AW_LOCK_INIT;
    semaphore = (aw_semaphore)AW_SEMAPHORE_INIT(2);
    event = (aw_event)AW_EVENT_INIT;
    condition = (aw_condition)AW_CONDITION_INIT(&lock);
    barrier = (aw_barrier)AW_BARRIER_INIT(3);
    flag = (aw_flag)AW_FLAG_INIT;
    queue = (struct aw_queue)AW_QUEUE_INIT(room);
}

static void check_objects(void)
{
    ck_assert(!aw_lock_locked(&lock));
    ck_assert_ptr_null(lock.waiters.first);
    ck_assert_uint_eq(semaphore.value, 2);
    ck_assert_ptr_null(semaphore.waiters.first);
    ck_assert_ptr_null(event.waiters.first);
    ck_assert_ptr_null(condition.waiters.first);
    ck_assert_ptr_null(barrier.waiters.first);
    ck_assert_uint_eq(barrier.count, 0);
    ck_assert_ptr_null(flag.waiter);
    ck_assert_uint_le(queue.count, LEN(room));
    ck_assert_uint_eq(queue.getting + queue.putting, 0);
    ck_assert_ptr_null(queue.getters.first);
    ck_assert_ptr_null(queue.putters.first);
}

START_TEST(random_programs_end_and_give_everything_back)
{
    rt_reset();
    seed = 0x9e3779b97f4a7c15u * (uint64_t)(_i + 1);
    ending = false;
    lives = births = 0;
    live_bytes = 0;
    make_objects();
    aw_set_allocator(&memory);
    aw_sim_limit(100000);
    aw_sim_on_stuck(ask_all);
    int r = RUN(chaos, .i = 0);
    aw_set_allocator(NULL);
    ck_assert_int_eq(r, 0);
    ck_assert_int_eq(lives, 0);
    ck_assert_int_eq(live_bytes, 0);
    ck_assert_int_gt(births, 20);
    check_objects();
}
END_TEST

static int number(const char *variable, int otherwise)
{
    const char *text = getenv(variable);
    return text ? atoi(text) : otherwise;
}

Suite *suite_rt_chaos(void)
{
    Suite *s = suite_create("rt_chaos");
    TCase *c = tcase_create("random");
    int from = number("CHAOS_SEED", 0), n = number("CHAOS_COUNT", 60);
    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, random_programs_end_and_give_everything_back, from,
                        from + n);
    suite_add_tcase(s, c);
    return s;
}
