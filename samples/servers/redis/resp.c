/* SPDX-License-Identifier: MIT
 * The protocol: requests are parsed where they lie, replies are appended to a
 * text. No state in between: half a request is looked at again, from its first
 * byte, when more of it has come. */
#include "redis.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_REPLY = 1 << 28 };

#define WRONG "ERR Protocol error: "

/* --- requests ------------------------------------------------------------ */

struct cursor {
    const char *p, *end;
    const char *error;
};

static size_t fail(struct cursor *c, const char *error)
{
    c->error = error;
    return 0;
}

/* Passes a line, which ends with \r\n or \n. false: its end is not there. */
static bool take_line(struct cursor *c, struct slice *line)
{
    size_t n = (size_t)(c->end - c->p);
    const char *end = memchr(c->p, '\n', n < INLINE ? n : INLINE);
    if (!end)
        return n < INLINE ? false : fail(c, WRONG "too big inline request");
    *line = (struct slice){c->p, (size_t)(end - c->p)};
    if (line->n > 0 && end[-1] == '\r')
        line->n--;
    c->p = end + 1;
    return true;
}

/* A line that is `mark` and digits: a length. Most of a request, so its end is
 * not looked for first. */
static bool take_length(struct cursor *c, char mark, size_t max, size_t *n,
                        const char *error)
{
    const char *p = c->p, *end = c->end;
    unsigned digit;
    if (p < end && *p != mark)
        return fail(c, error);
    *n = 0;
    for (p++; p < end && (digit = (unsigned)(*p - '0')) <= 9; p++)
        if ((*n = *n * 10 + digit) > max)
            return fail(c, error);
    bool none = p == c->p + 1;
    if (p < end && *p == '\r')
        p++;
    if (p >= end)
        return false;
    if (*p != '\n' || none)
        return fail(c, error);
    c->p = p + 1;
    return true;
}

static bool take_argument(struct cursor *c, size_t max, struct slice *arg)
{
    size_t n;
    if (!take_length(c, '$', max, &n, WRONG "invalid bulk length"))
        return false;
    if ((size_t)(c->end - c->p) < n + 2)
        return false;
    if (c->p[n] != '\r' || c->p[n + 1] != '\n')
        return fail(c, WRONG "expected the end of a bulk string");
    *arg = (struct slice){c->p, n};
    c->p += n + 2;
    return true;
}

/* Words between spaces, for those who type: no quotes. */
static bool take_words(struct cursor *c, struct request *r)
{
    struct slice line;
    if (!take_line(c, &line))
        return false;
    const char *end = line.p + line.n;
    for (const char *p = line.p; p < end;) {
        const char *word = p;
        while (p < end && *p != ' ' && *p != '\t')
            p++;
        if (p > word && r->count == ARGUMENTS)
            return fail(c, WRONG "too many arguments");
        if (p > word)
            r->arg[r->count++] = (struct slice){word, (size_t)(p - word)};
        p += p < end;
    }
    return true;
}

static bool take_request(struct cursor *c, struct request *r, size_t max)
{
    size_t count;
    if (*c->p != '*')
        return take_words(c, r);
    if (!take_length(c, '*', ARGUMENTS, &count,
                     WRONG "invalid multibulk length"))
        return false;
    while (r->count < count)
        if (!take_argument(c, max, &r->arg[r->count++]))
            return false;
    return true;
}

size_t parse_request(struct request *r, const char *p, size_t n, size_t max)
{
    struct cursor c = {p, p + n, NULL};
    r->count = 0;
    r->error = NULL;
    if (n == 0)
        return 0;
    if (take_request(&c, r, max))
        return (size_t)(c.p - p);
    if (!c.error && n >= max)
        c.error = WRONG "too big request";
    r->error = c.error;
    return 0;
}

/* --- replies ------------------------------------------------------------- */

/* Room for n bytes behind the text, which are then part of it; NULL. */
static char *extend(struct text *t, size_t n)
{
    if (t->room - t->n < n) {
        size_t room = 2 * (t->n + n) + 512;
        char *more = room < LONGEST_REPLY ? realloc(t->p, room) : NULL;
        if (!more) {
            t->lost = true;
            return NULL;
        }
        t->p = more;
        t->room = room;
    }
    t->n += n;
    return t->p + t->n - n;
}

static void append(struct text *t, const void *p, size_t n)
{
    char *to = extend(t, n);
    if (to)
        memcpy(to, p, n);
}

/* A line of `mark` and a number, which ends where `end` is: most of a reply,
 * so not by printf. Its begin. */
static char *print_number(char *end, char mark, long long x)
{
    char *p = end;
    unsigned long long rest = (unsigned long long)x;
    if (x < 0)
        rest = 0 - rest;
    *--p = '\n';
    *--p = '\r';
    do
        *--p = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (x < 0)
        *--p = '-';
    *--p = mark;
    return p;
}

static void append_number(struct text *t, char mark, long long x)
{
    char line[32], *end = line + sizeof line;
    char *p = print_number(end, mark, x);
    append(t, p, (size_t)(end - p));
}

/* s[n] between head[size] and the end of a line. */
static void append_line(struct text *t, const char *head, size_t size,
                        const void *s, size_t n)
{
    char *to = extend(t, size + n + 2);
    if (!to)
        return;
    memcpy(to, head, size);
    if (n > 0)
        memcpy(to + size, s, n);
    memcpy(to + size + n, "\r\n", 2);
}

void reply_plain(struct text *t, const char *s)
{
    append_line(t, "+", 1, s, strlen(s));
}

/* One line, whatever a client has made of it. */
void reply_error(struct text *t, const char *format, ...)
{
    char line[512];
    va_list list;
    va_start(list, format);
    vsnprintf(line, sizeof line, format, list);
    va_end(list);
    for (char *p = line; (p = strpbrk(p, "\r\n")) != NULL; p++)
        *p = ' ';
    append_line(t, "-", 1, line, strlen(line));
}

void reply_number(struct text *t, long long x)
{
    append_number(t, ':', x);
}

void reply_bytes(struct text *t, const void *p, size_t n)
{
    char line[32], *end = line + sizeof line;
    char *head = print_number(end, '$', (long long)n);
    append_line(t, head, (size_t)(end - head), p, n);
}

void reply_string(struct text *t, const char *s)
{
    reply_bytes(t, s, strlen(s));
}

void reply_none(struct text *t, bool array)
{
    append(t, array ? "*-1\r\n" : "$-1\r\n", 5);
}

void reply_array(struct text *t, size_t n)
{
    append_number(t, '*', (long long)n);
}
