/* SPDX-License-Identifier: MIT
 * What the files of the Redis server share: requests, replies, commands. */
#ifndef REDIS_H
#define REDIS_H

#include "store.h"

/* --- resp.c: the protocol, RESP2 ----------------------------------------- */

enum { ARGUMENTS = 1024, INLINE = 4096 };

/* Slices of the text it was parsed from. */
struct request {
    size_t count;           /* 0: an empty line, to be passed over */
    struct slice arg[ARGUMENTS];
    const char *error;      /* NULL, or what is wrong with it */
};

/* The length of the request that the n bytes at p begin with; 0: it is not all
 * there yet, or wrong. None is longer than max. */
size_t parse_request(struct request *r, const char *p, size_t n, size_t max);

/* Text that grows. What it has no memory for is lost, and so is what follows
 * when it is too long for any client. */
struct text {
    char *p;
    size_t n, room;
    bool lost;
};
void reply_plain(struct text *t, const char *s);            /* +OK */
__attribute__((format(printf, 2, 3)))
void reply_error(struct text *t, const char *format, ...);  /* -ERR ... */
void reply_number(struct text *t, long long x);             /* :7 */
void reply_bytes(struct text *t, const void *p, size_t n);  /* $5 ... */
void reply_string(struct text *t, const char *s);
void reply_none(struct text *t, bool array);                /* $-1, *-1 */
void reply_array(struct text *t, size_t n);     /* *7, n replies follow */

/* --- commands.c ---------------------------------------------------------- */

extern struct store db;

/* Does what r asks for, at once, and appends the reply. false: it asks for the
 * end of the connection. */
bool run_request(const struct request *r, struct text *reply);

/* What a command is called with: arg[0] is its name, `with` see there. */
struct call {
    const char *name;
    const struct slice *arg;
    size_t count;
    struct text *reply;
    int with;
};

bool same_word(struct slice s, const char *word);

/* Of the text of a number. */
bool parse_number(struct slice s, long long *x);

/* An argument as a number; as so many units of milliseconds from now, no fewer
 * than `least`. false: it is none, which has been replied. */
bool number_of(struct call *c, size_t i, long long *x);
bool time_of(struct call *c, size_t i, int unit, long long least,
             int64_t *ends);

#define NO_INTEGER "ERR value is not an integer or out of range"

/* --- values.c ------------------------------------------------------------ */

void run_get(struct call *c);
void run_set(struct call *c);
void run_incr(struct call *c);
void run_append(struct call *c);
void run_strlen(struct call *c);
void run_mget(struct call *c);
void run_mset(struct call *c);
void run_push(struct call *c);
void run_pop(struct call *c);
void run_llen(struct call *c);
void run_lrange(struct call *c);

#endif
