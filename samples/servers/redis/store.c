/* SPDX-License-Identifier: MIT
 * The table of keys grows and shrinks a bucket at a time (linear hashing), so
 * that no request has to wait until all of it has moved. */
#include "store.h"

#include <aw.h>

#include <stdlib.h>
#include <string.h>

enum { LEAST = 8 }; /* buckets */

/* --- hashing: SipHash-1-3 ------------------------------------------------ */

static inline uint64_t turn(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

static inline void stir(uint64_t v[4])
{
    v[0] += v[1];
    v[2] += v[3];
    v[1] = turn(v[1], 13) ^ v[0];
    v[3] = turn(v[3], 16) ^ v[2];
    v[0] = turn(v[0], 32);
    v[2] += v[1];
    v[0] += v[3];
    v[1] = turn(v[1], 17) ^ v[2];
    v[3] = turn(v[3], 21) ^ v[0];
    v[2] = turn(v[2], 32);
}

static inline void take_word(uint64_t v[4], uint64_t word)
{
    v[3] ^= word;
    stir(v);
    v[0] ^= word;
}

static uint64_t hash(const uint64_t secret[2], struct slice key)
{
    uint64_t v[4] = {
        secret[0] ^ 0x736f6d6570736575, secret[1] ^ 0x646f72616e646f6d,
        secret[0] ^ 0x6c7967656e657261, secret[1] ^ 0x7465646279746573};
    uint64_t word, last = (uint64_t)key.n << 56;
    size_t i = 0;
    for (; i + 8 <= key.n; i += 8) {
        memcpy(&word, key.p + i, 8);
        take_word(v, word);
    }
    for (int shift = 0; i < key.n; i++, shift += 8)
        last |= (uint64_t)(unsigned char)key.p[i] << shift;
    take_word(v, last);
    v[2] ^= 0xff;
    for (int round = 0; round < 3; round++)
        stir(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

/* --- buckets ------------------------------------------------------------- */

/* Below `used` the bits of the hash up to 2 * low say where; the buckets that
 * are not there yet are still in those that they will be split from. */
static size_t place(const struct store *s, uint64_t hash)
{
    size_t i = hash & (2 * s->low - 1);
    return i < s->used ? i : i & (s->low - 1);
}

static bool resize(struct store *s, size_t low)
{
    void *p = realloc(s->buckets, 2 * low * sizeof *s->buckets);
    if (!p)
        return false;
    s->buckets = p;
    s->low = low;
    return true;
}

/* A bucket more, split from the one that has had its entries so far. Without
 * memory buckets get longer instead. */
static void grow(struct store *s)
{
    if (s->used == 2 * s->low && !resize(s, 2 * s->low))
        return;
    struct entry **from = &s->buckets[s->used - s->low];
    struct entry **to = &s->buckets[s->used++];
    *to = NULL;
    for (struct entry *e; (e = *from) != NULL;) {
        if (place(s, e->hash) != s->used - 1) {
            from = &e->next;
            continue;
        }
        *from = e->next;
        e->next = *to;
        *to = e;
    }
}

/* The reverse. */
static void shrink(struct store *s)
{
    if (s->used == s->low && !resize(s, s->low / 2))
        return;
    struct entry *last = s->buckets[--s->used];
    struct entry **to = &s->buckets[s->used - s->low];
    while (*to)
        to = &(*to)->next;
    *to = last;
}

static struct entry **find(struct store *s, struct slice key, uint64_t h)
{
    struct entry **p = &s->buckets[place(s, h)];
    while (*p && ((*p)->hash != h || (*p)->key_size != key.n ||
                  memcmp((*p)->key, key.p, key.n) != 0))
        p = &(*p)->next;
    return p;
}

/* --- entries ------------------------------------------------------------- */

static bool has_ended(const struct entry *e)
{
    return e->ends && e->ends <= aw_now_ms();
}

/* Takes *p out of its bucket; the table keeps its size. */
static void unlink_entry(struct store *s, struct entry **p)
{
    struct entry *e = *p;
    *p = e->next;
    s->count--;
    s->mortal -= e->ends != 0;
    if (e->is_list) {
        while (e->list.count > 0)
            free(list_pop(&e->list, true));
        free(e->list.ring);
    } else {
        free(e->string);
    }
    free(e);
}

static struct entry *alive(struct store *s, struct slice key, uint64_t h)
{
    struct entry *e = s->count ? *find(s, key, h) : NULL;
    if (!e || !has_ended(e))
        return e;
    store_remove(s, e);
    return NULL;
}

struct entry *store_find(struct store *s, struct slice key)
{
    return alive(s, key, hash(s->secret, key));
}

static bool open_table(struct store *s)
{
    if (s->used == 0 && resize(s, LEAST))
        for (; s->used < LEAST; s->used++)
            s->buckets[s->used] = NULL;
    return s->used > 0;
}

struct entry *store_make(struct store *s, struct slice key, bool is_list)
{
    uint64_t h = hash(s->secret, key);
    struct entry *e = alive(s, key, h);
    if (e || !open_table(s))
        return e;
    e = calloc(1, sizeof *e + key.n);
    if (!e)
        return NULL;
    e->is_list = is_list;
    e->hash = h;
    e->key_size = key.n;
    memcpy(e->key, key.p, key.n);
    struct entry **bucket = &s->buckets[place(s, e->hash)];
    e->next = *bucket;
    *bucket = e;
    if (++s->count > s->used)
        grow(s);
    return e;
}

void store_remove(struct store *s, struct entry *e)
{
    unlink_entry(s, find(s, (struct slice){e->key, e->key_size}, e->hash));
    if (s->count < s->used / 4 && s->used > LEAST)
        shrink(s);
}

void store_clear(struct store *s)
{
    for (size_t i = 0; i < s->used; i++)
        while (s->buckets[i])
            unlink_entry(s, &s->buckets[i]);
    free(s->buckets);
    s->buckets = NULL;
    s->used = s->low = s->cursor = 0;
}

void store_expire(struct store *s, struct entry *e, int64_t ends)
{
    s->mortal -= e->ends != 0;
    e->ends = ends;
    s->mortal += e->ends != 0;
}

void store_sweep(struct store *s, size_t n)
{
    for (; n > 0 && s->mortal > 0; n--) {
        if (s->cursor >= s->used)
            s->cursor = 0;
        struct entry **p = &s->buckets[s->cursor++];
        while (*p)
            if (has_ended(*p))
                unlink_entry(s, p);
            else
                p = &(*p)->next;
    }
    while (s->count < s->used / 4 && s->used > LEAST)
        shrink(s);
}

/* --- strings and lists --------------------------------------------------- */

bool blob_write(struct blob **b, size_t at, struct slice v)
{
    size_t size = at + v.n, room = *b ? (*b)->room : 0;
    if (room < size || room > 2 * size + 64 || !*b) {
        room = at ? 2 * size : size; /* who appends will do so again */
        struct blob *p = realloc(*b, sizeof **b + room);
        if (!p)
            return false;
        p->room = room;
        *b = p;
    }
    (*b)->size = size;
    memcpy((*b)->bytes + at, v.p, v.n);
    return true;
}

static bool widen(struct list *l)
{
    size_t room = l->room ? 2 * l->room : 4;
    struct blob **ring = malloc(room * sizeof(void *));
    if (!ring)
        return false;
    for (size_t i = 0; i < l->count; i++)
        ring[i] = l->ring[(l->first + i) & (l->room - 1)];
    free(l->ring);
    *l = (struct list){ring, room, 0, l->count};
    return true;
}

bool list_push(struct list *l, bool front, struct slice v)
{
    struct blob *b = NULL;
    if (l->count == l->room && !widen(l))
        return false;
    if (!blob_write(&b, 0, v))
        return false;
    if (front)
        l->ring[l->first = (l->first - 1) & (l->room - 1)] = b;
    else
        l->ring[(l->first + l->count) & (l->room - 1)] = b;
    l->count++;
    return true;
}

struct blob *list_pop(struct list *l, bool front)
{
    size_t i = front ? l->first++ : l->first + l->count - 1;
    l->count--;
    return l->ring[i & (l->room - 1)];
}

const struct blob *list_at(const struct list *l, size_t i)
{
    return l->ring[(l->first + i) & (l->room - 1)];
}
