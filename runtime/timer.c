/* SPDX-License-Identifier: 0BSD
 * The timer wheel: levels of slots, each a list in order of arming. A node
 * stands in the level of the highest digit (base AWI_SLOTS, but for the lowest)
 * in which its tick differs from the wheel's, in that digit's slot, which can
 * be computed again. When the wheel's tick reaches a slot of an upper
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

/* Of the first bit of a level's digit. */
static unsigned shift_of(unsigned level)
{
    return level ? AWI_FIRST_BITS + (level - 1) * AW_WHEEL_BITS : 0;
}

static unsigned slots_of(unsigned level)
{
    return level ? AWI_SLOTS : AWI_FIRST_WORDS * AWI_SLOTS;
}

static unsigned digit_of(int64_t tick, unsigned level)
{
    return (unsigned)((uint64_t)tick >> shift_of(level)) &
           (slots_of(level) - 1);
}

/* Where a level's slots begin. */
static unsigned base_of(unsigned level)
{
    return level ? (AWI_FIRST_WORDS + level - 1) * AWI_SLOTS : 0;
}

void awi_wheel_init(struct awi_wheel *w, int64_t now)
{
    w->now = now;
    w->count = 0;
    for (unsigned i = 0; i < AWI_WORDS; i++)
        w->used[i] = 0;
    for (unsigned i = 0; i < AWI_WORDS * AWI_SLOTS; i++)
        w->slot[i].first = w->slot[i].last = NULL;
}

/* The index of the slot that is due at `when`. */
static unsigned slot_of(const struct awi_wheel *w, int64_t when)
{
    uint64_t diff = (uint64_t)when ^ (uint64_t)w->now;
    unsigned level = 1;
    if (diff < slots_of(0))
        return digit_of(when, 0);
#ifdef __GNUC__
    level += (63u - AWI_FIRST_BITS - (unsigned)__builtin_clzll(diff)) /
             AW_WHEEL_BITS;
#else
    for (diff >>= AWI_FIRST_BITS; diff >>= AW_WHEEL_BITS;)
        level++;
#endif
    if (level >= AW_WHEEL_LEVELS)
        level = AW_WHEEL_LEVELS - 1;
    return base_of(level) + digit_of(when, level);
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
    unsigned i = slot_of(w, n->u.when);
    struct awi_slot *s = &w->slot[i];
    n->next = NULL;
    n->prev = s->last;
    if (s->last)
        s->last->next = n;
    else
        s->first = n;
    s->last = n;
    w->used[i / AWI_SLOTS] |= (awi_bits)((awi_bits)1 << i % AWI_SLOTS);
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
        struct awi_slot *s = &w->slot[slot_of(w, n->u.when)];
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

/* The first slot in use of those of a word, at its bit `from` or after. */
static bool in_word(struct awi_wheel *w, unsigned word, unsigned from,
                    unsigned *bit)
{
    awi_bits bits;
    while ((bits = (awi_bits)(w->used[word] >> from << from)) != 0) {
        *bit = lowest_bit(bits);
        if (w->slot[word * AWI_SLOTS + *bit].first)
            return true;
        w->used[word] &= (awi_bits) ~((awi_bits)1 << *bit);
    }
    return false;
}

/* The lowest level holds nothing before the wheel's digit. */
static bool first_lowest(struct awi_wheel *w, unsigned *digit)
{
    unsigned from = digit_of(w->now, 0), word = from / AWI_SLOTS;
    for (from %= AWI_SLOTS; word < AWI_FIRST_WORDS; word++, from = 0)
        if (in_word(w, word, from, digit)) {
            *digit += word * AWI_SLOTS;
            return true;
        }
    return false;
}

/* The first slot in use of an upper level after the wheel's digit, cyclically;
 * the digit's own comes last: only a node a whole round away is in it. False
 * when the level is empty. */
static bool first_upper(struct awi_wheel *w, unsigned level, unsigned *digit)
{
    unsigned from = (digit_of(w->now, level) + 1) % AWI_SLOTS;
    unsigned word = base_of(level) / AWI_SLOTS;
    return in_word(w, word, from, digit) || in_word(w, word, 0, digit);
}

/* The tick at which slot `digit` of `level` is reached. */
static int64_t slot_tick(const struct awi_wheel *w, unsigned level,
                         unsigned digit)
{
    unsigned shift = shift_of(level);
    uint64_t round = (uint64_t)slots_of(level) << shift;
    uint64_t base = (uint64_t)w->now & ~(round - 1);
    uint64_t tick = base + ((uint64_t)digit << shift);
    unsigned present = digit_of(w->now, level);
    if (digit < present || (digit == present && level > 0))
        tick += round;
    return tick > INT64_MAX ? INT64_MAX : (int64_t)tick;
}

/* Lower levels are reached before upper ones, the last one's far nodes
 * included, so the first used slot of the lowest used level is the next. */
static bool next_slot(struct awi_wheel *w, unsigned *level, unsigned *digit)
{
    *level = 0;
    if (first_lowest(w, digit))
        return true;
    while (++*level < AW_WHEEL_LEVELS)
        if (first_upper(w, *level, digit))
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
    struct awi_slot *s = &w->slot[digit_of(w->now, 0)];
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
            move_down(w, &w->slot[base_of(level) + digit]);
    }
    if (w->now < now)
        w->now = now;
    return NULL;
}

#endif

static void add(struct aw_loop *l, struct awi_node *n, int64_t when)
{
    n->state = AWI_SLEEP;
    awi_break(l, AWI_LOOK);
    awi_wheel_add(&l->wheel, n, when);
}

void awi_timer_arm(struct awi_timer *timer, int64_t when)
{
    add(awi_here(), &timer->n, when);
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

void awi_sleep(int64_t ms, struct aw_task *t)
{
    struct aw_loop *l = awi_here();
    if (ms <= 0) /* it is READY */
        awi_queue(l, &t->m.n);
    else
        add(l, &t->m.n, awi_deadline(l, ms));
}

int awfr_aw_sleep_ms(struct aw_frame *self, struct aw_task *t, int outcome)
{
    if (self->state)
        return outcome;
    self->state = 1;
    awi_sleep_ms(t, ((struct awf_aw_sleep_ms *)self)->ms);
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
