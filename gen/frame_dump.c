/* SPDX-License-Identifier: MIT
 * The check and the dump of frames. */
#include <stdlib.h>

#include "gen/coro.h"
#include "gen/frame.h"
#include "gen/verify.h"

/* ---- verify ---------------------------------------------------------------
 */

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void check_names(struct unit *u, const struct frame *f)
{
    uint32_t locals = f->live->cfg->locals.n, n = 0;
    const char **v = ARENA_ARRAY(u->tree, const char *, locals);

    for (uint32_t i = 0; i < locals; i++)
        if (f->field[i])
            v[n++] = f->field[i];
    if (n > 1)
        qsort(v, n, sizeof *v, by_name);
    for (uint32_t i = 1; i < n; i++)
        VERIFY("frame", strcmp(v[i - 1], v[i]) != 0);
}

void frame_verify(struct unit *u, const struct frame *f)
{
    const struct cfg *g = f->live->cfg;

    for (uint32_t k = 1; k <= g->norm->awaits.n; k++) {
        struct bits live = f->live->at[k];

        for (uint32_t i = bits_next(live, 0); i < live.n;
             i = bits_next(live, i + 1)) {
            VERIFY("frame", f->where[i] != RES_LOCAL && f->field[i]);
            VERIFY("frame",
                   f->where[i] != RES_SAVED || bits_has(f->reload[k], i));
        }
        for (uint32_t i = bits_next(f->save[k], 0); i < live.n;
             i = bits_next(f->save[k], i + 1))
            VERIFY("frame", bits_has(f->reload[k], i));
    }
    for (uint32_t i = 0; i < g->locals.n; i++) {
        const struct decl *d = g->locals.v[i];

        VERIFY("frame", !d->type->vla || d->boxed || f->where[i] == RES_LOCAL);
    }
    check_names(u, f);
}

/* ---- dump -----------------------------------------------------------------
 */

/* Bytes of the header on the LP64 model, as type_sizeof has it. */
enum { HEADER = 16 };

struct dumper {
    struct unit *u;
    const struct frame *f;
    struct buf *out;
};

static const char *why(const struct frame *f, const struct decl *d)
{
    if (d->is_param)
        return "parameter";
    if (f->where[d->index] == RES_SAVED)
        return "saved";
    if (d->addr_taken)
        return "address taken";
    if (d->type->quals & (Q_VOLATILE | Q_ATOMIC))
        return "volatile or atomic";
    if (d->used_in_stmt_expr)
        return "used in a statement expression";
    return type_is_aggregate(d->type) ? "aggregate" : "maybe unset";
}

static void put_states(struct dumper *d, uint32_t local)
{
    uint32_t n = d->f->live->cfg->norm->awaits.n;

    buf_puts(d->out, ", live across");
    for (uint32_t k = 1; k <= n; k++)
        if (bits_has(d->f->live->at[k], local))
            buf_printf(d->out, " %u", k);
}

static void put_object(struct dumper *d, unsigned indent, const char *name,
                       const struct decl *o)
{
    buf_printf(d->out, "%*s", (int)indent, "");
    type_print(d->out, o->type, name);
    buf_printf(d->out, ": %lld bytes, %s", (long long)type_sizeof(o->type),
               why(d->f, o));
    put_states(d, o->index);
    buf_putc(d->out, '\n');
}

/* The member for what is awaited, on lines indented by its braces. */
static void put_storage(struct dumper *d, unsigned indent, const struct slot *s)
{
    struct buf b = {0};

    coro_print_storage(d->u, d->f->func, s->d ? s->d->coro : s->await->coro,
                       CORO_AWAITED, s->name, &b);
    for (const char *line = b.p ? b.p : "", *end; *line; line = end) {
        end = line + strcspn(line, "\n");
        if (*line == '}')
            indent -= 4;
        buf_printf(d->out, "%*s", (int)indent, "");
        buf_put(d->out, line, (size_t)(end - line));
        if (end > line && end[-1] == '{')
            indent += 4;
        if (*end) {
            buf_putc(d->out, '\n');
            end++;
        }
    }
    d->out->oom |= b.oom;
    buf_free(&b);
}

static void put_slot(struct dumper *d, unsigned indent, const struct slot *s)
{
    if (s->d && !s->d->coro) {
        put_object(d, indent, s->name, s->d);
        return;
    }
    put_storage(d, indent, s);
    if (s->d)
        buf_puts(d->out, " generator\n");
    else
        buf_printf(d->out, " awaited at %u\n", s->await->state);
}

static bool is_empty(const struct frame_region *r)
{
    for (uint32_t i = 0; i < r->parts.n; i++)
        if (!is_empty(r->parts.v[i]))
            return false;
    return r->slots.n == 0;
}

static void put_region(struct dumper *d, unsigned indent,
                       const struct frame_region *r)
{
    for (uint32_t i = 0; i < r->slots.n; i++)
        put_slot(d, indent, &r->slots.v[i]);
    for (uint32_t i = 0; i < r->parts.n; i++) {
        if (is_empty(r->parts.v[i]))
            continue;
        buf_printf(d->out, "%*sover\n", (int)indent, "");
        put_region(d, indent + 2, r->parts.v[i]);
    }
}

static void put_param(struct dumper *d, uint32_t i)
{
    const struct func *fn = d->f->func;

    if (fn->params[i].decl) {
        put_object(d, 2, fn->fields[i], fn->params[i].decl);
        return;
    }
    buf_puts(d->out, "  ");
    type_print(d->out, fn->params[i].type, fn->fields[i]);
    buf_puts(d->out, ": parameter\n");
}

void frame_dump(struct unit *u, const struct frame *f, struct buf *out)
{
    struct dumper d = {u, f, out};
    const struct func *fn = f->func;
    const struct norm *n = f->live->cfg->norm;

    buf_printf(out, "frame %s\n", fn->decl->name->s);
    buf_printf(out, "  struct aw_frame aw: %d bytes, header\n", HEADER);
    if (f->has_result) {
        buf_puts(out, "  ");
        type_print(out, fn->decl->type->base, "ret");
        buf_printf(out, ": %lld bytes, result\n",
                   (long long)type_sizeof(fn->decl->type->base));
    }
    for (uint32_t i = 0; i < fn->nparams; i++)
        put_param(&d, i);
    put_region(&d, 2, f->root);
    for (uint32_t k = 1; k <= n->awaits.n; k++)
        buf_printf(out, "  await %u: line %u\n", k,
                   unit_loc(u, n->awaits.v[k - 1]->at.from).line);
}
