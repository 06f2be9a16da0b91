/* SPDX-License-Identifier: MIT
 * The commands. None of them waits, so each is atomic. */
#include "redis.h"

#include <aw.h>

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

struct store db;

/* --- arguments ----------------------------------------------------------- */

bool same_word(struct slice s, const char *word)
{
    return s.n == strlen(word) && strncasecmp(s.p, word, s.n) == 0;
}

/* Exactly a number, as it would be printed. */
bool parse_number(struct slice s, long long *x)
{
    bool minus = s.n > 0 && s.p[0] == '-';
    size_t i = minus;
    *x = 0;
    if (i == s.n || (s.p[i] == '0' && s.n > 1))
        return false;
    for (; i < s.n; i++) {
        int digit = s.p[i] - '0';
        if (digit < 0 || digit > 9 || __builtin_mul_overflow(*x, 10, x) ||
            __builtin_sub_overflow(*x, digit, x)) /* has room for LLONG_MIN */
            return false;
    }
    return minus || !__builtin_sub_overflow(0, *x, x);
}

bool number_of(struct call *c, size_t i, long long *x)
{
    if (parse_number(c->arg[i], x))
        return true;
    reply_error(c->reply, NO_INTEGER);
    return false;
}

bool time_of(struct call *c, size_t i, int unit, long long least, int64_t *ends)
{
    long long x, ms;
    if (!number_of(c, i, &x))
        return false;
    if (x >= least && !__builtin_mul_overflow(x, unit, &ms) &&
        !__builtin_add_overflow(ms, aw_now_ms(), ends))
        return true;
    reply_error(c->reply, "ERR invalid expire time in '%s' command", c->name);
    return false;
}

/* --- keys ---------------------------------------------------------------- */

static void del(struct call *c)
{
    long long n = 0;
    for (size_t i = 1; i < c->count; i++) {
        struct entry *e = store_find(&db, c->arg[i]);
        if (e) {
            store_remove(&db, e);
            n++;
        }
    }
    reply_number(c->reply, n);
}

static void exists(struct call *c)
{
    long long n = 0;
    for (size_t i = 1; i < c->count; i++)
        n += store_find(&db, c->arg[i]) != NULL;
    reply_number(c->reply, n);
}

static void expire(struct call *c)
{
    int64_t ends;
    if (!time_of(c, 2, c->with, LLONG_MIN, &ends))
        return;
    struct entry *e = store_find(&db, c->arg[1]);
    if (e && ends <= aw_now_ms())
        store_remove(&db, e);
    else if (e)
        store_expire(&db, e, ends);
    reply_number(c->reply, e != NULL);
}

/* -2: no such key; -1: it does not end. */
static void ttl(struct call *c)
{
    int unit = c->with;
    struct entry *e = store_find(&db, c->arg[1]);
    if (!e || e->ends == 0)
        reply_number(c->reply, e ? -1 : -2);
    else
        reply_number(c->reply, (e->ends - aw_now_ms() + unit / 2) / unit);
}

static void persist(struct call *c)
{
    struct entry *e = store_find(&db, c->arg[1]);
    reply_number(c->reply, e && e->ends);
    if (e)
        store_expire(&db, e, 0);
}

static void type(struct call *c)
{
    struct entry *e = store_find(&db, c->arg[1]);
    reply_plain(c->reply, !e ? "none" : e->is_list ? "list" : "string");
}

/* Whether c is in the set at *p, behind its '['; *p is then behind its ']'. The
 * ends of a range may come in either order, and be a ']'. */
static bool in_set(const char **p, const char *end, char c)
{
    bool but = *p < end && **p == '^', found = false;
    const char *q = *p + but;
    for (; q < end && *q != ']'; q++) {
        char from = *q, to = from;
        if (*q == '\\' && end - q > 1) {
            from = to = *++q;
        } else if (end - q > 2 && q[1] == '-') {
            to = q[2];
            q += 2;
        }
        found |= from <= to ? from <= c && c <= to : to <= c && c <= from;
    }
    *p = q + (q < end);
    return found != but;
}

/* '*', '?', sets in brackets; '\' takes one of them for itself. The empty key,
 * says redis-server, is matched by "*" and not by "**". */
static bool matches(struct slice pattern, struct slice s)
{
    const char *p = pattern.p, *pe = p + pattern.n, *t = s.p, *te = t + s.n;
    const char *star = NULL, *retry = NULL; /* the last '*', what it took */
    if (s.n == 0)
        return pattern.n == 0 || (pattern.n == 1 && *p == '*');
    while (t < te || p < pe) {
        const char *next = p + 1;
        if (p < pe && *p == '*') {
            star = p++;
            retry = t;
            continue;
        }
        bool same = p < pe && t < te;
        if (same && *p == '[')
            same = in_set(&next, pe, *t);
        else if (same && *p == '\\' && next < pe)
            same = *next++ == *t;
        else if (same)
            same = *p == '?' || *p == *t;
        if (same) {
            p = next;
            t++;
        } else if (star && retry < te) {
            p = star + 1;
            t = ++retry;
        } else {
            return false;
        }
    }
    return true;
}

/* Two rounds, for their number comes first. */
static void keys(struct call *c)
{
    size_t found = 0;
    store_sweep(&db, db.used);
    for (int round = 0; round < 2; round++) {
        if (round == 1)
            reply_array(c->reply, found);
        for (size_t i = 0; i < db.used; i++)
            for (struct entry *e = db.buckets[i]; e; e = e->next) {
                if (!matches(c->arg[1], (struct slice){e->key, e->key_size}))
                    continue;
                found++;
                if (round == 1)
                    reply_bytes(c->reply, e->key, e->key_size);
            }
    }
}

/* --- the server ---------------------------------------------------------- */

static void ping(struct call *c)
{
    if (c->count == 1)
        reply_plain(c->reply, "PONG");
    else
        reply_bytes(c->reply, c->arg[1].p, c->arg[1].n);
}

static void ok(struct call *c)
{
    reply_plain(c->reply, "OK");
}

static void choose(struct call *c)
{
    long long x;
    if (!number_of(c, 1, &x))
        return;
    if (x == 0)
        ok(c);
    else
        reply_error(c->reply, "ERR DB index is out of range");
}

static void dbsize(struct call *c)
{
    reply_number(c->reply, (long long)db.count);
}

static void flush(struct call *c)
{
    store_clear(&db);
    ok(c);
}

/* What clients ask before they begin. */
static void no_list(struct call *c)
{
    reply_array(c->reply, 0);
}

static void config(struct call *c)
{
    static const char *const known[][2] = {{"save", ""}, {"appendonly", "no"}};
    if (!same_word(c->arg[1], "get") || c->count != 3) {
        reply_error(c->reply, "ERR only CONFIG GET is known");
        return;
    }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (same_word(c->arg[2], known[i][0])) {
            reply_array(c->reply, 2);
            reply_string(c->reply, known[i][0]);
            reply_string(c->reply, known[i][1]);
            return;
        }
    no_list(c);
}

static void info(struct call *c)
{
    char text[256];
    int n = snprintf(text, sizeof text,
                     "# Server\r\nredis_mode:standalone\r\n"
                     "# Keyspace\r\ndb0:keys=%zu,expires=%zu\r\n",
                     db.count, db.mortal);
    reply_bytes(c->reply, text, (size_t)n);
}

/* --- which is which ------------------------------------------------------ */

/* `least` and `most` arguments, its name included; `with` is for commands that
 * are almost the same. */
static const struct command {
    const char *name;
    size_t least, most;
    void (*run)(struct call *c);
    int with;
} commands[] = {
    {"get", 2, 2, run_get, 0},
    {"set", 3, ARGUMENTS, run_set, 0},
    {"incr", 2, 2, run_incr, 1},
    {"decr", 2, 2, run_incr, -1},
    {"incrby", 3, 3, run_incr, 0},
    {"append", 3, 3, run_append, 0},
    {"strlen", 2, 2, run_strlen, 0},
    {"mget", 2, ARGUMENTS, run_mget, 0},
    {"mset", 3, ARGUMENTS, run_mset, 0},
    {"lpush", 3, ARGUMENTS, run_push, true},
    {"rpush", 3, ARGUMENTS, run_push, false},
    {"lpop", 2, 3, run_pop, true},
    {"rpop", 2, 3, run_pop, false},
    {"llen", 2, 2, run_llen, 0},
    {"lrange", 4, 4, run_lrange, 0},
    {"del", 2, ARGUMENTS, del, 0},
    {"exists", 2, ARGUMENTS, exists, 0},
    {"expire", 3, 3, expire, 1000},
    {"pexpire", 3, 3, expire, 1},
    {"ttl", 2, 2, ttl, 1000},
    {"pttl", 2, 2, ttl, 1},
    {"persist", 2, 2, persist, 0},
    {"type", 2, 2, type, 0},
    {"keys", 2, 2, keys, 0},
    {"ping", 1, 2, ping, 0},
    {"echo", 2, 2, ping, 0},
    {"select", 2, 2, choose, 0},
    {"dbsize", 1, 1, dbsize, 0},
    {"flushall", 1, 2, flush, 0},
    {"command", 1, ARGUMENTS, no_list, 0},
    {"config", 2, 3, config, 0},
    {"info", 1, 2, info, 0},
    {"quit", 1, 1, ok, 0},
};

/* All are letters: bit 0x20 makes them small. Something is behind every name
 * of a request, so that an empty one has a first byte, too. */
static const struct command *command_of(struct slice name)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if ((*name.p | 0x20) == *commands[i].name &&
            same_word(name, commands[i].name))
            return &commands[i];
    return NULL;
}

/* So much of a command that is none is said in reply, and of its arguments. */
enum { SAID = 128 };

static int said(struct slice s, size_t most)
{
    return (int)(s.n < most ? s.n : most);
}

static void reply_unknown(const struct request *r, struct text *reply)
{
    char rest[SAID + 4];
    size_t n = 0;
    rest[0] = '\0';
    for (size_t i = 1; i < r->count && n < SAID; i++)
        n += (size_t)snprintf(rest + n, sizeof rest - n, "'%.*s' ",
                              said(r->arg[i], SAID - n), r->arg[i].p);
    reply_error(reply,
                "ERR unknown command '%.*s', with args beginning with: %s",
                said(r->arg[0], SAID), r->arg[0].p, rest);
}

bool run_request(const struct request *r, struct text *reply)
{
    const struct command *k = command_of(r->arg[0]);
    if (!k) {
        reply_unknown(r, reply);
        return true;
    }
    if (r->count < k->least || r->count > k->most) {
        reply_error(reply, "ERR wrong number of arguments for '%s' command",
                    k->name);
        return true;
    }
    k->run(&(struct call){k->name, r->arg, r->count, reply, k->with});
    return k->run != ok;
}
