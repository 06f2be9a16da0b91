/* SPDX-License-Identifier: 0BSD
 * The timer wheel: levels of slots, each a list in order of arming. A node
 * stands in the level of the highest digit (base AWI_SLOTS) in which its tick
 * differs from the wheel's, in the slot of that digit, so that its slot can
 * always be computed again. When the wheel's tick reaches a slot of an upper
 * level, its nodes move down, in order; one armed later for the same tick was
 * armed after that, so equal deadlines stay in order of arming. What lies
 * beyond the last level goes round in it. Nothing is allocated; adding and
 * removing take constant time. */
#include "impl.h"

#if AW_WHEEL_BITS == 0

void awi_wheel_init(struct awi_wheel *w, int64_t now)
{
    w->now = now;
    w->count = 0;
    w->first = w->last = NULL;
}

void awi_wheel_add(struct awi_wheel *w, struct awi_node *n, int64_t when)
{
    struct awi_node *before = w->last;
    n->u.when = when > w->now ? when : w->now;
    while (before && before->u.when > n->u.when)
        before = before->prev;
    n->prev = before;
    n->next = before ? before->next : w->first;
    *(before ? &before->next : &w->first) = n;
    *(n->next ? &n->next->prev : &w->last) = n;
    w->count++;
}

void awi_wheel_remove(struct awi_wheel *w, struct awi_node *n)
{
    *(n->prev ? &n->prev->next : &w->first) = n->next;
    *(n->next ? &n->next->prev : &w->last) = n->prev;
    w->count--;
}

int64_t awi_wheel_next(struct awi_wheel *w)
{
    return w->first ? w->first->u.when : INT64_MAX;
}

struct awi_node *awi_wheel_take(struct awi_wheel *w, int64_t now)
{
    struct awi_node *n = w->first;
    if (n && n->u.when <= now) {
        w->now = n->u.when;
        awi_wheel_remove(w, n);
        return n;
    }
    if (w->now < now)
        w->now = now;
    return NULL;
}

#else

#define DIGIT(tick, level)                                                     \
    ((unsigned)((uint64_t)(tick) >> ((level)*AW_WHEEL_BITS)) & (AWI_SLOTS - 1u))

void awi_wheel_init(struct awi_wheel *w, int64_t now)
{
    w->now = now;
    w->count = 0;
    for (int l = 0; l < AW_WHEEL_LEVELS; l++) {
        w->used[l] = 0;
        for (int s = 0; s < AWI_SLOTS; s++)
            w->slot[l][s].first = w->slot[l][s].last = NULL;
    }
}

static unsigned level_of(const struct awi_wheel *w, int64_t when)
{
    uint64_t diff = (uint64_t)when ^ (uint64_t)w->now;
#ifdef __GNUC__
    unsigned level =
        (63u - (unsigned)__builtin_clzll(diff | 1)) / AW_WHEEL_BITS;
#else
    unsigned level = 0;
    while (diff >>= AW_WHEEL_BITS)
        level++;
#endif
    return level < AW_WHEEL_LEVELS ? level : AW_WHEEL_LEVELS - 1;
}

static unsigned lowest_bit(awi_bits bits)
{
#ifdef __GNUC__
    return (unsigned)__builtin_ctzll(bits);
#else
    unsigned n = 0;
    for (; !(bits & 1); bits = (awi_bits)(bits >> 1))
        n++;
    return n;
#endif
}

static void put(struct awi_wheel *w, struct awi_node *n)
{
    unsigned level = level_of(w, n->u.when);
    unsigned digit = DIGIT(n->u.when, level);
    struct awi_slot *s = &w->slot[level][digit];
    n->next = NULL;
    n->prev = s->last;
    if (s->last)
        s->last->next = n;
    else
        s->first = n;
    s->last = n;
    w->used[level] |= (awi_bits)((awi_bits)1 << digit);
}

void awi_wheel_add(struct awi_wheel *w, struct awi_node *n, int64_t when)
{
    n->u.when = when > w->now ? when : w->now;
    put(w, n);
    w->count++;
}

void awi_wheel_remove(struct awi_wheel *w, struct awi_node *n)
{
    if (!n->prev || !n->next) {
        unsigned level = level_of(w, n->u.when);
        struct awi_slot *s = &w->slot[level][DIGIT(n->u.when, level)];
        if (!n->prev)
            s->first = n->next;
        if (!n->next)
            s->last = n->prev;
    }
    if (n->prev)
        n->prev->next = n->next;
    if (n->next)
        n->next->prev = n->prev;
    w->count--;
}

/* The first used slot of a level at or after the wheel's digit, cyclically;
 * in upper levels the digit's own slot comes last: only a node a whole round
 * away is in it. False when the level is empty. */
static bool first_slot(struct awi_wheel *w, unsigned level, unsigned *digit)
{
    unsigned from = (DIGIT(w->now, level) + (level > 0)) & (AWI_SLOTS - 1u);
    while (w->used[level]) {
        awi_bits bits = w->used[level];
        awi_bits high = (awi_bits)(bits >> from << from);
        *digit = lowest_bit(high ? high : bits);
        if (w->slot[level][*digit].first)
            return true;
        w->used[level] &= (awi_bits) ~((awi_bits)1 << *digit);
    }
    return false;
}

/* The tick at which slot `digit` of `level` is reached. */
static int64_t slot_tick(const struct awi_wheel *w, unsigned level,
                         unsigned digit)
{
    unsigned shift = level * AW_WHEEL_BITS;
    uint64_t round = (uint64_t)AWI_SLOTS << shift;
    uint64_t base = (uint64_t)w->now & ~(round - 1);
    uint64_t tick = base + ((uint64_t)digit << shift);
    unsigned present = DIGIT(w->now, level);
    if (digit < present || (digit == present && level > 0))
        tick += round;
    return tick > INT64_MAX ? INT64_MAX : (int64_t)tick;
}

/* Lower levels are reached before upper ones, the last one's far nodes
 * included, so the first used slot of the lowest used level is the next. */
static bool next_slot(struct awi_wheel *w, unsigned *level, unsigned *digit)
{
    for (*level = 0; *level < AW_WHEEL_LEVELS; ++*level)
        if (first_slot(w, *level, digit))
            return true;
    return false;
}

int64_t awi_wheel_next(struct awi_wheel *w)
{
    unsigned level, digit;
    if (w->count == 0 || !next_slot(w, &level, &digit))
        return INT64_MAX;
    return slot_tick(w, level, digit);
}

static void move_down(struct awi_wheel *w, struct awi_slot *s)
{
    struct awi_node *n = s->first;
    s->first = s->last = NULL;
    while (n) {
        struct awi_node *next = n->next;
        put(w, n);
        n = next;
    }
}

/* The first node of the slot of the wheel's own tick: it is due. */
static struct awi_node *take_present(struct awi_wheel *w)
{
    struct awi_slot *s = &w->slot[0][DIGIT(w->now, 0)];
    struct awi_node *n = s->first;
    if (!n)
        return NULL;
    s->first = n->next;
    if (n->next)
        n->next->prev = NULL;
    else
        s->last = NULL;
    w->count--;
    return n;
}

struct awi_node *awi_wheel_take(struct awi_wheel *w, int64_t now)
{
    unsigned level, digit;
    while (w->count > 0 && w->now <= now) {
        struct awi_node *n = take_present(w);
        if (n)
            return n;
        if (!next_slot(w, &level, &digit))
            break;
        int64_t tick = slot_tick(w, level, digit);
        if (tick > now)
            break;
        w->now = tick;
        if (level > 0)
            move_down(w, &w->slot[level][digit]);
    }
    if (w->now < now)
        w->now = now;
    return NULL;
}

#endif

void awi_timer_arm(struct awi_timer *timer, int64_t when)
{
    timer->n.state = AWI_SLEEP;
    awi_wheel_add(&awi_here()->wheel, &timer->n, when);
}

void awi_timer_stop(struct awi_timer *timer)
{
    if (timer->n.state == AWI_SLEEP)
        awi_wheel_remove(&awi_here()->wheel, &timer->n);
    timer->n.state = AWI_ENDED;
}

int64_t awi_deadline(struct aw_loop *l, int64_t ms)
{
    int64_t now = awi_port_now_up();
    if (l->wheel.count == 0) {
        int64_t floor = awi_port_now();
        if (floor > l->wheel.now)
            l->wheel.now = floor;
    }
    return ms > INT64_MAX - now ? INT64_MAX : now + ms;
}

void awi_collect(struct aw_loop *l)
{
    struct awi_node *n;
    int64_t now = awi_port_now();
    while ((n = awi_wheel_take(&l->wheel, now)) != NULL) {
        if (n->kind == AWI_DEADLINE)
            awi_wait_for_due(l, (struct awi_timer *)n);
        else if (n->kind == AWI_TIMEOUT)
            awi_timeout_due(l, (struct awi_timer *)n);
        else
            awi_ready(l, (struct aw_task *)n, 0);
    }
}

void awi_sleep(struct aw_frame *self, struct aw_task *t, int64_t ms)
{
    struct aw_loop *l = awi_here();
    t->leaf = self;
    if (ms <= 0) {
        t->m.n.u.outcome = 0; /* it is READY */
        awi_queue(l, &t->m.n);
        return;
    }
    t->m.n.state = AWI_SLEEP;
    awi_wheel_add(&l->wheel, &t->m.n, awi_deadline(l, ms));
}

int awfr_aw_sleep_ms(struct aw_frame *self, struct aw_task *t, int outcome)
{
    if (self->state)
        return outcome;
    self->state = 1;
    awi_sleep_ms(t, self, ((struct awf_aw_sleep_ms *)self)->ms);
    return AW_PENDING;
}

static const unsigned no_lines[2];

const struct aw_desc awfd_aw_sleep_ms = {
    .resume = awfr_aw_sleep_ms,
    .name = "aw_sleep_ms",
    .file = "",
    .lines = no_lines,
    .size = sizeof(struct awf_aw_sleep_ms),
    .align = sizeof(int64_t),
    .states = 2,
};

int64_t aw_now_ms(void)
{
    return awi_port_now();
}
