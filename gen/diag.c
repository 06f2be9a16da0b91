/* SPDX-License-Identifier: MIT
 * Collecting; diag_print.c prints. */
#include "gen/diag.h"

#include <string.h>

#include "gen/unit.h"

struct message {
    enum diag_level level;
    const char *name, *format;
};

static const struct message messages[] = {
#define DIAG(id, level, name, text) {DIAG_##level, name, text},
#include "gen/diag.def"
};

enum diag_level diag_level_of(enum diag_id id)
{
    return messages[id].level;
}

const char *diag_name(enum diag_id id)
{
    return messages[id].name;
}

/* ---- switches ---------------------------------------------------------- */

/* Sets `of` for every warning of that name; false when there is none. */
static bool set_named(int8_t *of, const char *name, int8_t value)
{
    bool found = false;
    for (int id = 0; id < DIAG_COUNT; id++) {
        if (messages[id].level != DIAG_WARNING ||
            strcmp(messages[id].name, name) != 0)
            continue;
        of[id] = value;
        found = true;
    }
    return found;
}

bool diag_switch(struct diag_switches *s, const char *what)
{
    bool on = strncmp(what, "no-", 3) != 0;
    const char *name = on ? what : what + 3;

    if (strcmp(name, "all") == 0) {
        s->none = !on;
        return true;
    }
    if (strcmp(name, "error") == 0) {
        s->fatal = on;
        return true;
    }
    if (strncmp(name, "error=", 6) != 0)
        return set_named(s->shown, name, on ? 1 : -1);
    name += 6;
    if (on)
        set_named(s->shown, name, 1);
    return set_named(s->failed, name, on ? 1 : -1);
}

/* The level of a message in this run; false when it is not shown. */
static bool is_shown(const struct unit *u, struct span at, enum diag_id id,
                     enum diag_level *level)
{
    const struct diag_switches *s = u->switches;

    *level = messages[id].level;
    if (*level == DIAG_ERROR)
        return true;
    if (at.from < u->toks.n && unit_loc(u, at.from).system)
        return false;
    if (!s)
        return true;
    if (s->quiet || (s->shown[id] ? s->shown[id] < 0 : s->none))
        return false;
    if (s->failed[id] ? s->failed[id] > 0 : s->fatal)
        *level = DIAG_ERROR;
    return true;
}

/* ---- collecting -------------------------------------------------------- */

static bool reported(const struct unit *u, struct span at, enum diag_id id)
{
    if (at.from == DIAG_NOWHERE.from)
        return false;
    for (uint32_t i = u->diags.n; i-- > 0;) {
        const struct diag_item *d = u->diags.v[i];
        if (d->id == id && d->at.from == at.from && d->at.to == at.to)
            return true;
    }
    return false;
}

void diag(struct unit *u, struct span at, enum diag_id id, ...)
{
    enum diag_level level;
    u->diag_muted = true;
    if (!is_shown(u, at, id, &level) || reported(u, at, id))
        return;
    if (level == DIAG_ERROR) {
        u->errors++;
        if (u->error_limit && u->errors > u->error_limit)
            return;
    }
    u->diag_muted = false;
    struct diag_item *d = ARENA_NEW(&u->arena, struct diag_item);
    d->id = id;
    d->level = level;
    d->at = at;
    va_list ap;
    va_start(ap, id);
    d->text = arena_vprintf(&u->arena, messages[id].format, ap);
    va_end(ap);
    VEC_PUSH(&u->arena, &u->diags, d);
}

void diag_note(struct unit *u, struct span at, const char *fmt, ...)
{
    if (u->diag_muted || u->diags.n == 0)
        return;
    struct diag_note note = {.at = at};
    va_list ap;
    va_start(ap, fmt);
    note.text = arena_vprintf(&u->arena, fmt, ap);
    va_end(ap);
    struct diag_item *d = VEC_LAST(&u->diags);
    VEC_PUSH(&u->arena, &d->notes, note);
}

/* Messages about no place first. */
static bool before(const struct diag_item *a, const struct diag_item *b)
{
    return a->at.from + 1 < b->at.from + 1;
}

/* What belongs to one place stays in order: a merge of two halves. */
static void sort(struct diag_item **v, struct diag_item **spare, uint32_t n)
{
    uint32_t half = n / 2, i = 0, k = half;
    if (n < 2)
        return;
    sort(v, spare, half);
    sort(v + half, spare, n - half);
    for (uint32_t to = 0; to < n; to++) {
        bool second = i == half || (k < n && before(v[k], v[i]));
        spare[to] = second ? v[k++] : v[i++];
    }
    memcpy(v, spare, n * sizeof *v);
}

void diag_sort(struct unit *u)
{
    uint32_t n = u->diags.n;
    if (n)
        sort(u->diags.v, ARENA_ARRAY(&u->arena, struct diag_item *, n), n);
}

static bool has_error(const struct unit *u)
{
    for (uint32_t i = 0; i < u->diags.n; i++)
        if (messages[u->diags.v[i]->id].level == DIAG_ERROR)
            return true;
    return false;
}

void diag_drop_warnings(struct unit *u)
{
    uint32_t n = 0;
    if (!has_error(u))
        return;
    for (uint32_t i = 0; i < u->diags.n; i++) {
        struct diag_item *d = u->diags.v[i];
        bool about_body = messages[d->id].level == DIAG_WARNING &&
                          d->at.from != DIAG_NOWHERE.from;
        if (!about_body)
            u->diags.v[n++] = d;
    }
    u->diags.n = n;
}
