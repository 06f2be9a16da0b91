/* SPDX-License-Identifier: MIT
 * A model check of the runtime on port `sim`. A program is a parent P that
 * awaits one of many forms over up to two children, beside a free task F;
 * children and F do one of many things, at equal times or not, so that every
 * order of simultaneous events occurs. Each program is run again and again,
 * with a cancellation of each task put before each step of any task; what is
 * required holds before every step and at the end:
 *   - nobody waits for what has happened; the ready queue is sound;
 *   - a frame is resumed only when it waits, and never after its end;
 *   - what was entered is cleaned up exactly once;
 *   - children have ended when the storage they stand in is given up (it is
 *     overwritten then); objects and memory are as new at the end;
 *   - who was asked sees AW_CANCELLED.
 * EXPLORE_STRIDE says how many of the programs are run, EXPLORE_CANCELS how
 * many cancellations a run may have; `make explore` runs all of them. */
/* clang-format off */
#include "tests/unit/suite.h"

#include "tests/unit/explore.h"

#define WATCHED(f, frame, fn) \
    static int f(struct aw_frame *self, struct aw_task *t, int outcome) \
    { \
        return step(fn, self, t, outcome); \
    } \
    static const struct aw_desc f##_desc = { \
        .resume = f, .name = #f, .file = __FILE__, .lines = rt_lines, \
        .size = sizeof(struct frame), .align = sizeof(void *), .states = 1}

WATCHED(x_gather, awi_gather, awi_gather);
WATCHED(x_gather_tasks, awi_gather_tasks, awi_gather_tasks);
WATCHED(x_race, awi_gather, awi_race);
WATCHED(x_shield, awi_gather, awi_shield);
WATCHED(x_wait_for, awi_wait_for, awi_wait_for);
WATCHED(x_try, awi_try, awi_try);
WATCHED(x_root, awi_root, awi_root);
WATCHED(x_lock, awf_aw_lock_acquire, awfr_aw_lock_acquire);
WATCHED(x_semaphore, awf_aw_semaphore_acquire, awfr_aw_semaphore_acquire);
WATCHED(x_event, awf_aw_event_wait, awfr_aw_event_wait);
WATCHED(x_flag, awf_aw_flag_wait, awfr_aw_flag_wait);
WATCHED(x_condition, awf_aw_condition_wait, awfr_aw_condition_wait);
WATCHED(x_barrier, awf_aw_barrier_wait, awfr_aw_barrier_wait);
WATCHED(x_put, awf_aw_queue_put, awfr_aw_queue_put);
WATCHED(x_get, awf_aw_queue_get, awfr_aw_queue_get);

#define AWAIT(member, fn) \
    do { \
        my->member.aw.state = 0; \
        CALL(my->member.aw, fn, fn##_desc); \
    } while (0)

/* FRAME() of such a function: x_f and x_f_desc. */
#define PART(f, ...) \
    struct awf_##f { \
        struct aw_frame aw; \
        int ret; \
        __VA_ARGS__ \
    }; \
    static int awfr_##f(struct aw_frame *, struct aw_task *, int); \
    WATCHED(x_##f, awf_##f, awfr_##f); \
    static int awfr_##f(struct aw_frame *self_, struct aw_task *t, int r)

/* --- what children do ---------------------------------------------------- */

PART(time_act, enum act act; struct awi_timeout limit;)
{
    BEGIN(time_act);
    if (my->act == EXPIRE)
        awi_timeout_begin(t, &my->limit, 1);
    if (my->act == NAP)
        SLEEP(0);
    else if (my->act == SLEEP_1 || my->act == THROW_1)
        SLEEP(1);
    else
        SLEEP(2);
    if (my->act == EXPIRE)
        r = awi_timeout_end(t, &my->limit, r);
    if (r == 0 && my->act == THROW_1)
        r = 7;
    END;
}

PART(lock_act, enum act act; struct awf_aw_lock_acquire l;
      struct awf_aw_condition_wait c;)
{
    BEGIN(lock_act);
    if (my->act == NOTIFY)
        SLEEP(1);
    if (r)
        return r;
    my->l.lock = &w.lock;
    AWAIT(l, x_lock);
    if (r)
        return r;
    if (my->act == WAIT_CONDITION) {
        my->c.condition = &w.condition;
        AWAIT(c, x_condition);
    } else if (my->act == NOTIFY) {
        REQUIRE(aw_condition_notify(&w.condition, 1) == 0);
    } else {
        SLEEP(1);
    }
    REQUIRE(aw_lock_release(&w.lock) == 0);
    END;
}

PART(sync_act, enum act act; int value; struct awf_aw_semaphore_acquire s;
      struct awf_aw_event_wait e; struct awf_aw_flag_wait f;
      struct awf_aw_barrier_wait b;)
{
    BEGIN(sync_act);
    if (my->act == WAIT_EVENT) {
        my->e.event = &w.event;
        AWAIT(e, x_event);
    } else if (my->act == WAIT_FLAG) {
        my->f.flag = &w.flag;
        AWAIT(f, x_flag);
    } else if (my->act == SET_BOTH) {
        SLEEP(1);
        aw_event_set(&w.event);
        aw_flag_set(&w.flag);
    } else if (my->act == MEET) {
        my->b.barrier = &w.barrier;
        AWAIT(b, x_barrier);
    } else {
        my->s.semaphore = &w.semaphore;
        AWAIT(s, x_semaphore);
        if (r == 0) {
            SLEEP(1);
            aw_semaphore_release(&w.semaphore);
        }
    }
    END;
}

PART(pass_act, enum act act; int value, i; struct awf_aw_queue_put p;
      struct awf_aw_queue_get g;)
{
    BEGIN(pass_act);
    my->value = 5;
    for (my->i = 0; my->i < 2 && r == 0; my->i++) {
        my->p.queue = my->g.queue = &w.queue;
        my->p.value = my->g.dst = &my->value;
        if (my->act == CLOSE) {
            SLEEP(1);
            aw_queue_close(&w.queue);
        } else if (my->act == PUT) {
            AWAIT(p, x_put);
        } else {
            AWAIT(g, x_get);
        }
    }
    REQUIRE(my->value == 5);
    END;
}

PART(join_act, enum act act; struct aw_task *on;)
{
    BEGIN(join_act);
    my->on = w.task[FREE] == t ? w.task[P] : w.task[FREE];
    JOIN(my->on);
    awi_unjoin(my->on);
    END;
}

static const struct aw_desc *act_desc(enum act act)
{
    switch (act) {
    case TAKE_LOCK: case WAIT_CONDITION: case NOTIFY: return &x_lock_act_desc;
    case TAKE_SEM: case WAIT_EVENT: case WAIT_FLAG: case SET_BOTH: case MEET:
        return &x_sync_act_desc;
    case PUT: case GET: case CLOSE: return &x_pass_act_desc;
    case JOIN_OTHER: return &x_join_act_desc;
    default: return &x_time_act_desc;
    }
}

/* A child, or F: number i. The act is a call, its cleanup is here. */
PART(body, int i; union {
    struct awf_time_act any;
    struct awf_lock_act lock;
    struct awf_sync_act sync;
    struct awf_pass_act pass;
    struct awf_join_act join;
} u;)
{
    BEGIN(body);
    w.entered[my->i]++;
    memset(&my->u, 0, sizeof my->u);
    my->u.any.act = w.act[my->i];
    CALL(my->u.any.aw, act_desc(w.act[my->i])->resume, *act_desc(w.act[my->i]));
    w.saw[my->i] |= r == AW_CANCELLED;
    my->ret = r;
    if (r == AW_CANCELLED && w.act[my->i] == SLOW) {
        SLEEP(1);
        my->ret = AW_CANCELLED;
    }
    r = my->ret;
    if (r == AW_CANCELLED && w.act[my->i] == STUBBORN) {
        awi_uncancel(t);
        r = 0;
    }
    REQUIRE(w.entered[my->i] == w.cleaned[my->i] + 1);
    w.cleaned[my->i]++;
    END;
}

struct body_kid {
    struct awi_child k;
    struct awi_try y;
    struct awf_body f;
};

/* --- what P awaits ------------------------------------------------------- */

struct parts {
    struct awi_root root;       /* in front of its child */
    struct awi_gather g;
    struct awi_wait_for f;
    struct awi_gather_tasks many;
    struct awi_group group;
    struct awi_timeout limit, outer;
    struct { struct awi_child k; struct awi_gather g; } inner;
    struct awi_handle h;
    struct aw_task *tasks[2];
    struct body_kid kid[2];
};

static void add(struct parts *s, struct awi_gather *g, int i)
{
    struct body_kid *k = &s->kid[i];
    k->f.aw.state = 0;
    k->f.i = i;
    awi_gather_add(g, &k->k, &k->f.aw, &x_body_desc, NULL);
    w.task[i] = &k->k.task;
}

static void add_try(struct parts *s, struct awi_gather *g, int i)
{
    struct body_kid *k = &s->kid[i];
    k->f.aw.state = 0;
    k->f.i = i;
    awi_try_init(&k->y, &k->f.aw, &x_body_desc, NULL);
    awi_gather_add(g, &k->k, &k->y.aw, &x_try_desc, NULL);
    w.task[i] = &k->k.task;
}

static void add_free(struct parts *s, struct awi_gather *g)
{
    awi_gather_add_task(g, &s->h, w.task[FREE], NULL, NULL);
}

static void add_inner(struct parts *s, struct awi_gather *g,
                      struct awi_gather **held, int from)
{
    awi_gather_init(&s->inner.g);
    awi_hold_in(&s->inner.g, held);
    for (int i = from; i < 2; i++)
        add(s, &s->inner.g, i);
    awi_gather_add(g, &s->inner.k, &s->inner.g.aw, &x_gather_desc, NULL);
}

static const struct aw_desc *make_gather(struct parts *s,
                                         struct awi_gather **held)
{
    awi_gather_init(&s->g);
    if (w.form != GATHER_UNHELD)
        awi_hold_in(&s->g, held);
    if (w.form == TRY_2)
        add_try(s, &s->g, 0);
    else
        add(s, &s->g, 0);
    switch (w.form) {
    case TRY_2: add_try(s, &s->g, 1); break;
    case GATHER_F: add_free(s, &s->g); break;
    case NESTED: case ROOTED: add_inner(s, &s->g, held, 1); break;
    default: add(s, &s->g, 1); break;
    }
    return &x_gather_desc;
}

static const struct aw_desc *make_race(struct parts *s,
                                       struct awi_gather **held)
{
    awi_race_init(&s->g);
    awi_hold_in(&s->g, held);
    add(s, &s->g, 0);
    if (w.form == RACE_F)
        add_free(s, &s->g);
    else
        add(s, &s->g, 1);
    return &x_race_desc;
}

static const struct aw_desc *make_wait_for(struct parts *s,
                                           struct awi_gather **held)
{
    awi_wait_for_init(&s->f, 1);
    awi_hold_in(&s->f.g, held);
    if (w.form == WAIT_FOR_F)
        add_free(s, &s->f.g);
    else if (w.form == WAIT_FOR_2)
        add_inner(s, &s->f.g, held, 0);
    else
        add(s, &s->f.g, 0);
    return &x_wait_for_desc;
}

static const struct aw_desc *make_shield(struct parts *s,
                                         struct awi_gather **held)
{
    awi_shield_init(&s->g);
    awi_hold_in(&s->g, held);
    if (w.form == SHIELD_F)
        add_free(s, &s->g);
    else
        add(s, &s->g, 0);
    return &x_shield_desc;
}

/* Makes what P awaits: *f and its descriptor. */
static const struct aw_desc *make(struct parts *s, struct awi_gather **held,
                                  struct aw_frame **f)
{
    *f = &s->g.aw;
    switch (w.form) {
    case GATHER_TASKS:
        *f = &s->many.g.aw;
        s->tasks[0] = s->tasks[1] = w.task[FREE];
        awi_gather_tasks_init(&s->many, s->tasks, 2);
        return &x_gather_tasks_desc;
    case RACE_2: case RACE_F: return make_race(s, held);
    case WAIT_FOR_1: case WAIT_FOR_2: case WAIT_FOR_F:
        *f = &s->f.g.aw;
        return make_wait_for(s, held);
    case SHIELD_1: case SHIELD_F: return make_shield(s, held);
    case ROOTED:
        awi_root_init(&s->root, &s->g.aw, &x_gather_desc);
        make_gather(s, &s->root.held);
        *f = &s->root.aw;
        return &x_root_desc;
    case CALL_1: case TIMEOUT_1: case TIMEOUTS:
        *f = &s->kid[0].f.aw;
        s->kid[0].f.aw.state = 0;
        s->kid[0].f.i = 0;
        return &x_body_desc;
    default: return make_gather(s, held);
    }
}

static void spawn(struct awi_group *g, int i)
{
    struct aw_task *t = awi_group_spawn(g, &x_body_desc, NULL);
    if (!t)
        return;
    ((struct awf_body *)awi_task_frame(t))->i = i;
    w.task[i] = aw_task_retain(t);
}

/* P's storage is given up. */
static void leave(struct parts *s)
{
    for (int i = 0; i < 2; i++) {
        REQUIRE(w.entered[i] == w.cleaned[i]);
        if (w.form == GROUP_2 || w.form == GROUP_LIMIT)
            aw_task_release(w.task[i]);
        w.task[i] = NULL;
    }
    memset(s, 0x5a, sizeof *s);
}

PART(parent, struct awi_gather *held; struct aw_frame *f;
      const struct aw_desc *d; struct parts s;)
{
    BEGIN(parent);
    w.entered[P]++;
    my->held = NULL;
    if (w.form == JOIN_F) {
        JOIN(w.task[FREE]);
        awi_unjoin(w.task[FREE]);
    } else if (w.form == GROUP_2 || w.form == GROUP_LIMIT) {
        awi_group_begin(t, &my->s.group, w.form == GROUP_LIMIT);
        spawn(&my->s.group, 0);
        spawn(&my->s.group, 1);
        SLEEP(1);
        GROUP_END(my->s.group, r);
    } else {
        if (w.form == TIMEOUTS)
            awi_timeout_begin(t, &my->s.outer, 2);
        if (w.form == TIMEOUT_1 || w.form == TIMEOUTS)
            awi_timeout_begin(t, &my->s.limit, 1);
        my->d = make(&my->s, &my->held, &my->f);
        CALL(*my->f, my->d->resume, *my->d);
        if (w.form == TIMEOUT_1 || w.form == TIMEOUTS)
            r = awi_timeout_end(t, &my->s.limit, r);
        if (w.form == TIMEOUTS)
            r = awi_timeout_end(t, &my->s.outer, r);
        REQUIRE(w.form != TIMEOUTS || !awi_own(t) || r == AW_CANCELLED);
    }
    w.saw[P] |= r == AW_CANCELLED;
    my->ret = r;
    DRAIN;
    w.saw[P] |= r == AW_CANCELLED;
    leave(&my->s);
    w.cleaned[P]++;
    r = r ? r : my->ret;
    END;
}

/* --- runs ---------------------------------------------------------------- */

static void *get(void *ctx, size_t size)
{
    (void)ctx;
    w.bytes += (long)size;
    return malloc(size);
}

static void put(void *ctx, void *p, size_t size)
{
    (void)ctx;
    if (p) {
        memset(p, 0x5a, size);
        w.bytes -= (long)size;
    }
    free(p);
}

static const aw_allocator memory = {get, put, NULL};

static void ignore(void *ctx, const aw_error_report *report)
{
    (void)ctx;
    (void)report;
}

static void stuck(const char *what)
{
    ck_abort_msg("%s: %s", what, describe());
}

/* Between the steps of two moments. */
static void between(struct aw_sim_event *e)
{
    (void)e;
    inject();
}

static void begin_free(void)
{
    w.task[FREE] = awi_task_new(&x_body_desc);
    ((struct awf_body *)awi_task_frame(w.task[FREE]))->i = FREE;
    awi_task_start(w.task[FREE]);
}

FRAME(world, struct aw_sim_event e[3];)
{
    BEGIN(world);
    aw_loop_set_exception_handler(ignore, NULL);
    for (int i = 0; i < 3; i++)
        aw_sim_at(&my->e[i], i + 1, between);
    if (w.free_first)
        begin_free();
    w.task[P] = awi_task_new(&x_parent_desc);
    awi_task_start(w.task[P]);
    if (!w.free_first)
        begin_free();
    SLEEP(9);
    END;
}

/* Whoever was asked to end has seen it; a call of P's, and one who waits for
 * a task, may have had it taken away. */
static void check_answers(void)
{
    for (int i = 0; i < TASKS; i++) {
        bool forwards = i == P ? w.form == JOIN_F || w.form == CALL_1 ||
                                     w.form == TIMEOUT_1 || w.form == TIMEOUTS
                               : w.act[i] == JOIN_OTHER;
        if (w.asked[i] && w.entered[i] && !forwards)
            REQUIRE(w.saw[i]);
        REQUIRE(w.entered[i] <= 1);
        REQUIRE(w.entered[i] == w.cleaned[i]);
    }
}

static void check_end(void)
{
    check_answers();
    aw_task_release(w.task[P]);
    aw_task_release(w.task[FREE]);
    REQUIRE(w.bytes == 0);
    check_objects();
    REQUIRE(!w.lock.locked && w.semaphore.value == 1);
    REQUIRE(w.barrier.count == 0 && !w.event.waiters.first);
    REQUIRE(!w.flag.waiter);
    REQUIRE(w.queue.getting == 0 && w.queue.putting == 0);
    REQUIRE(!w.condition.waiters.first && !w.queue.getters.first);
}

static void run_once(void)
{
    rt_reset();
    aw_sim_limit(300);
    aw_sim_on_stuck(stuck);
    memset(w.task, 0, sizeof w.task);
    memset(w.asked, 0, sizeof w.asked);
    memset(w.saw, 0, sizeof w.saw);
    memset(w.entered, 0, sizeof w.entered);
    memset(w.cleaned, 0, sizeof w.cleaned);
    w.cancels = w.depth = 0;
    w.in_step = false;
    w.lock = (aw_lock)AW_LOCK_INIT;
    w.semaphore = (aw_semaphore)AW_SEMAPHORE_INIT(1);
    w.event = (aw_event)AW_EVENT_INIT;
    w.flag = (aw_flag)AW_FLAG_INIT;
    w.condition = (aw_condition)AW_CONDITION_INIT(&w.lock);
    w.barrier = (aw_barrier)AW_BARRIER_INIT(2);
    w.queue = (struct aw_queue)AW_QUEUE_INIT(w.room);
    search.pos = 0;
    search.runs++;
    REQUIRE(RUN(world, .ret = 0) == 0);
    check_end();
}

/* Whether the form has this many children. */
static int kids_of(enum form form)
{
    switch (form) {
    case JOIN_F: case WAIT_FOR_F: case SHIELD_F: case GATHER_TASKS: return 0;
    case CALL_1: case TIMEOUT_1: case TIMEOUTS: case WAIT_FOR_1: case SHIELD_1:
    case GATHER_F: case RACE_F: return 1;
    default: return 2;
    }
}

/* The program of a number; false when another one is the same. */
static bool decode(unsigned long n)
{
    w.form = (enum form)(n % FORMS);
    n /= FORMS;
    for (int i = 0; i < KIDS; i++, n /= ACTS)
        w.act[i] = (enum act)(n % ACTS);
    w.free_first = n % 2;
    for (int i = kids_of(w.form); i < 2; i++)
        if (w.act[i] != NAP)
            return false;
    return true;
}

static unsigned long number(const char *variable, unsigned long otherwise)
{
    const char *text = getenv(variable);
    return text ? strtoul(text, NULL, 10) : otherwise;
}

START_TEST(every_cancellation_at_every_step)
{
    unsigned long all = FORMS * ACTS * ACTS * ACTS * 2ul, programs = 0;
    unsigned long stride = number("EXPLORE_STRIDE", 47);
    memset(&search, 0, sizeof search);
    w.most = (int)number("EXPLORE_CANCELS", 1);
    aw_set_allocator(&memory);
    for (unsigned long n = 0; n < all; n += stride) {
        if (!decode(n))
            continue;
        programs++;
        memset(search.seen, 0, sizeof search.seen);
        do
            run_once();
        while (advance());
    }
    aw_set_allocator(NULL);
    if (getenv("EXPLORE_STRIDE"))
        printf("explored %lu programs: %lu runs, %lu steps, %lu states\n",
               programs, search.runs, search.steps, search.states);
    ck_assert_uint_gt(search.states, 1000);
}
END_TEST

Suite *suite_rt_explore(void)
{
    Suite *s = suite_create("rt_explore");
    TCase *c = tcase_create("search");
    tcase_set_timeout(c, getenv("EXPLORE_STRIDE") ? 0 : 120);
    tcase_add_test(c, every_cancellation_at_every_step);
    suite_add_tcase(s, c);
    return s;
}
