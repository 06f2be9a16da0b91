/* SPDX-License-Identifier: MIT
 * The commands for strings and lists. */
#include "redis.h"

#include <aw.h>

#include <stdio.h>
#include <stdlib.h>

#define WRONG_TYPE \
    "WRONGTYPE Operation against a key holding the wrong kind of value"
#define NO_MEMORY "OOM no memory for this"
#define SYNTAX "ERR syntax error"

/* The entry of arg[1] in *e, or NULL there when there is none. false: it is of
 * the other type, which has been replied. */
static bool find(struct call *c, bool is_list, struct entry **e)
{
    *e = store_find(&db, c->arg[1]);
    if (!*e || (*e)->is_list == is_list)
        return true;
    reply_error(c->reply, WRONG_TYPE);
    return false;
}

/* The same, and makes it when there is none. */
static bool make(struct call *c, bool is_list, struct entry **e)
{
    *e = store_make(&db, c->arg[1], is_list);
    if (*e && (*e)->is_list == is_list)
        return true;
    reply_error(c->reply, *e ? WRONG_TYPE : NO_MEMORY);
    return false;
}

/* --- strings ------------------------------------------------------------- */

static void reply_blob(struct text *t, const struct blob *b)
{
    if (b)
        reply_bytes(t, b->bytes, b->size);
    else
        reply_none(t, false);
}

void run_get(struct call *c)
{
    struct entry *e;
    if (find(c, false, &e))
        reply_blob(c->reply, e ? e->string : NULL);
}

/* Whatever there was is replaced. */
static bool put(struct slice key, struct slice value, int64_t ends)
{
    struct entry *e = store_make(&db, key, false);
    if (e && e->is_list) {
        store_remove(&db, e);
        e = store_make(&db, key, false);
    }
    if (!e)
        return false;
    if (!blob_write(&e->string, 0, value)) {
        if (!e->string)
            store_remove(&db, e);
        return false;
    }
    store_expire(&db, e, ends);
    return true;
}

/* What SET is told behind key and value: the unit in milliseconds and the
 * argument of a time, or 0. */
struct terms {
    bool nx, xx;
    int unit;
    size_t time;
};

static bool take_terms(const struct call *c, struct terms *t)
{
    for (size_t i = 3; i < c->count; i++) {
        struct slice word = c->arg[i];
        int unit = same_word(word, "ex") ? 1000 : same_word(word, "px");
        if (unit && i + 1 < c->count && (!t->unit || t->unit == unit)) {
            t->unit = unit;
            t->time = ++i;
        } else if (same_word(word, "nx") && !t->xx) {
            t->nx = true;
        } else if (same_word(word, "xx") && !t->nx) {
            t->xx = true;
        } else {
            return false;
        }
    }
    return true;
}

void run_set(struct call *c)
{
    struct terms t = {.time = 0};
    int64_t ends = 0;
    if (!take_terms(c, &t)) {
        reply_error(c->reply, SYNTAX);
        return;
    }
    if (t.unit && !time_of(c, t.time, t.unit, 1, &ends))
        return;
    if ((t.nx || t.xx) && t.xx != (store_find(&db, c->arg[1]) != NULL))
        reply_none(c->reply, false);
    else if (put(c->arg[1], c->arg[2], ends))
        reply_plain(c->reply, "OK");
    else
        reply_error(c->reply, NO_MEMORY);
}

void run_mget(struct call *c)
{
    reply_array(c->reply, c->count - 1);
    for (size_t i = 1; i < c->count; i++) {
        struct entry *e = store_find(&db, c->arg[i]);
        reply_blob(c->reply, e && !e->is_list ? e->string : NULL);
    }
}

void run_mset(struct call *c)
{
    if (c->count % 2 == 0) {
        reply_error(c->reply,
                    "ERR wrong number of arguments for 'mset' command");
        return;
    }
    for (size_t i = 1; i < c->count; i += 2)
        if (!put(c->arg[i], c->arg[i + 1], 0)) {
            reply_error(c->reply, NO_MEMORY);
            return;
        }
    reply_plain(c->reply, "OK");
}

void run_append(struct call *c)
{
    struct entry *e;
    if (!make(c, false, &e))
        return;
    size_t size = e->string ? e->string->size : 0;
    if (blob_write(&e->string, size, c->arg[2])) {
        reply_number(c->reply, (long long)e->string->size);
        return;
    }
    reply_error(c->reply, NO_MEMORY);
    if (!e->string)
        store_remove(&db, e);
}

void run_strlen(struct call *c)
{
    struct entry *e;
    if (find(c, false, &e))
        reply_number(c->reply, e ? (long long)e->string->size : 0);
}

static void add(struct call *c, long long by)
{
    struct entry *e;
    char text[32];
    long long x = 0;
    if (!find(c, false, &e))
        return;
    if (e &&
        !parse_number((struct slice){e->string->bytes, e->string->size}, &x)) {
        reply_error(c->reply, NO_INTEGER);
    } else if (__builtin_add_overflow(x, by, &x)) {
        reply_error(c->reply, "ERR increment or decrement would overflow");
    } else {
        int n = snprintf(text, sizeof text, "%lld", x);
        if (put(c->arg[1], (struct slice){text, (size_t)n}, e ? e->ends : 0))
            reply_number(c->reply, x);
        else
            reply_error(c->reply, NO_MEMORY);
    }
}

/* By `with`, or by what is said. */
void run_incr(struct call *c)
{
    long long by = c->with;
    if (c->count < 3 || number_of(c, 2, &by))
        add(c, by);
}

/* --- lists --------------------------------------------------------------- */

void run_push(struct call *c)
{
    bool front = c->with;
    struct entry *e;
    if (!make(c, true, &e))
        return;
    for (size_t i = 2; i < c->count; i++)
        if (!list_push(&e->list, front, c->arg[i])) {
            reply_error(c->reply, NO_MEMORY);
            if (e->list.count == 0)
                store_remove(&db, e);
            return;
        }
    reply_number(c->reply, (long long)e->list.count);
}

/* Of several, when their number was given, an array. */
void run_pop(struct call *c)
{
    struct entry *e;
    bool several = c->count == 3;
    long long n = 1;
    if (several && (!parse_number(c->arg[2], &n) || n < 0)) {
        reply_error(c->reply, "ERR value is out of range, must be positive");
        return;
    }
    if (!find(c, true, &e))
        return;
    size_t take = e ? e->list.count : 0;
    if (take > (size_t)n)
        take = (size_t)n;
    if (!e)
        reply_none(c->reply, several);
    else if (several)
        reply_array(c->reply, take);
    for (; take > 0; take--) {
        struct blob *b = list_pop(&e->list, c->with);
        reply_blob(c->reply, b);
        free(b);
    }
    if (e && e->list.count == 0)
        store_remove(&db, e);
}

void run_llen(struct call *c)
{
    struct entry *e;
    if (find(c, true, &e))
        reply_number(c->reply, e ? (long long)e->list.count : 0);
}

void run_lrange(struct call *c)
{
    struct entry *e;
    long long from, to;
    if (!number_of(c, 2, &from) || !number_of(c, 3, &to) || !find(c, true, &e))
        return;
    long long n = e ? (long long)e->list.count : 0;
    if (from < 0)
        from = from < -n ? 0 : from + n;
    if (to < 0)
        to += n;
    if (to >= n)
        to = n - 1;
    reply_array(c->reply, from <= to ? (size_t)(to - from + 1) : 0);
    for (; from <= to; from++)
        reply_blob(c->reply, list_at(&e->list, (size_t)from));
}
