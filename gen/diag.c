/* SPDX-License-Identifier: MIT
 * Collecting; diag_print.c prints. */
#include "gen/diag.h"

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

static bool reported(const struct unit *u, struct span at, enum diag_id id)
{
    for (uint32_t i = u->diags.n; i-- > 0;) {
        const struct diag_item *d = u->diags.v[i];
        if (d->id == id && d->at.from == at.from && d->at.to == at.to)
            return true;
    }
    return false;
}

void diag(struct unit *u, struct span at, enum diag_id id, ...)
{
    u->diag_muted = true;
    if (reported(u, at, id))
        return;
    if (messages[id].level == DIAG_ERROR) {
        u->errors++;
        if (u->error_limit && u->errors > u->error_limit)
            return;
    }
    u->diag_muted = false;
    struct diag_item *d = ARENA_NEW(&u->arena, struct diag_item);
    d->id = id;
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
