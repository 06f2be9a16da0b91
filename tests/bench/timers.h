/* SPDX-License-Identifier: MIT
 * Timers as an expert writes them by hand, in two ways: a wheel of four
 * levels of 256 slots, whose lists know their neighbours; and a heap of four
 * children a node, in an array, whose nodes know their place. Ticks are
 * integers; equal ones come out of the wheel in order of arming. */
#ifndef TIMERS_H
#define TIMERS_H

#include "bench.h"

struct timer {
    struct timer *next, **link; /* wheel: what points here */
    uint64_t when;
    size_t at;                  /* heap: its index */
};

/* ---- wheel -------------------------------------------------------------- */

enum { LEVELS = 4, SLOTS = 256 };

struct slot {
    struct timer *first, **end;
};

struct wheel {
    uint64_t now;
    size_t count;
    struct slot slot[LEVELS][SLOTS];
    uint64_t used[LEVELS][SLOTS / 64];
};

static inline void wheel_init(struct wheel *w)
{
    memset(w, 0, sizeof *w);
    for (int l = 0; l < LEVELS; l++)
        for (int i = 0; i < SLOTS; i++)
            w->slot[l][i].end = &w->slot[l][i].first;
}

static inline void wheel_put(struct wheel *w, struct timer *t)
{
    uint64_t differ = t->when ^ w->now;
    int level = differ ? (63 - __builtin_clzll(differ)) / 8 : 0;
    unsigned i = (unsigned)(t->when >> (8 * level)) % SLOTS;
    struct slot *s = &w->slot[level][i];

    t->next = NULL;
    t->link = s->end;
    *s->end = t;
    s->end = &t->next;
    w->used[level][i / 64] |= UINT64_C(1) << i % 64;
}

static inline void wheel_add(struct wheel *w, struct timer *t)
{
    wheel_put(w, t);
    w->count++;
}

static inline void wheel_remove(struct wheel *w, struct timer *t)
{
    *t->link = t->next;
    if (t->next) {
        t->next->link = t->link;
    } else {
        uint64_t differ = t->when ^ w->now;
        int level = differ ? (63 - __builtin_clzll(differ)) / 8 : 0;
        w->slot[level][(t->when >> (8 * level)) % SLOTS].end = t->link;
    }
    w->count--;
}

/* The first slot of a level in use at or behind `from`; SLOTS when none. */
static inline unsigned wheel_find(struct wheel *w, int level, unsigned from)
{
    for (unsigned i = from / 64; i < SLOTS / 64; i++) {
        uint64_t bits = w->used[level][i];
        if (i == from / 64)
            bits &= ~UINT64_C(0) << from % 64;
        while (bits) {
            unsigned found = i * 64 + (unsigned)__builtin_ctzll(bits);
            if (w->slot[level][found].first)
                return found;
            bits &= bits - 1;
            w->used[level][i] &= ~(UINT64_C(1) << found % 64);
        }
    }
    return SLOTS;
}

/* Brings the next tick with timers down to level 0, not beyond `until`; its
 * slot, or NULL. */
static inline struct slot *wheel_turn(struct wheel *w, uint64_t until)
{
    for (int l = 0; l < LEVELS;) {
        unsigned here = (unsigned)(w->now >> (8 * l)) % SLOTS;
        unsigned i = wheel_find(w, l, l ? here + 1 : here);
        if (i == SLOTS) {
            l++;
            continue;
        }
        uint64_t mask = (UINT64_C(1) << (8 * (l + 1))) - 1;
        uint64_t tick = (w->now & ~mask) | (uint64_t)i << (8 * l);
        if (tick > until)
            break;
        w->now = tick;
        struct slot *s = &w->slot[l][i];
        if (l == 0)
            return s;
        struct timer *t = s->first;
        s->first = NULL;
        s->end = &s->first;
        for (struct timer *next; t; t = next) {
            next = t->next;
            wheel_put(w, t);
        }
        l = 0;
    }
    w->now = until;
    return NULL;
}

/* The first timer due at or before `now`, taken off; NULL when none is. */
static inline struct timer *wheel_take(struct wheel *w, uint64_t now)
{
    struct slot *s = w->count ? wheel_turn(w, now) : NULL;
    struct timer *t = s ? s->first : NULL;

    if (t)
        wheel_remove(w, t);
    return t;
}

/* ---- heap --------------------------------------------------------------- */

struct heap {
    struct timer **v;
    size_t n;
};

static inline void heap_place(struct heap *h, size_t at, struct timer *t)
{
    h->v[at] = t;
    t->at = at;
}

static inline void heap_up(struct heap *h, size_t at, struct timer *t)
{
    while (at > 0 && h->v[(at - 1) / 4]->when > t->when) {
        heap_place(h, at, h->v[(at - 1) / 4]);
        at = (at - 1) / 4;
    }
    heap_place(h, at, t);
}

static inline void heap_down(struct heap *h, size_t at, struct timer *t)
{
    for (size_t c; (c = 4 * at + 1) < h->n;) {
        size_t least = c, end = c + 4 < h->n ? c + 4 : h->n;
        while (++c < end)
            if (h->v[c]->when < h->v[least]->when)
                least = c;
        if (h->v[least]->when >= t->when)
            break;
        heap_place(h, at, h->v[least]);
        at = least;
    }
    heap_place(h, at, t);
}

static inline void heap_add(struct heap *h, struct timer *t)
{
    heap_up(h, h->n++, t);
}

static inline void heap_remove(struct heap *h, struct timer *t)
{
    struct timer *last = h->v[--h->n];
    size_t at = t->at;

    if (last == t)
        return;
    heap_down(h, at, last);
    if (last->at == at)
        heap_up(h, at, last);
}

#endif
