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

struct dumper {
    struct unit *u;
    const struct frame *f;
    struct buf *out;
    unsigned indent;
};

static void start_line(struct dumper *d)
{
    buf_printf(d->out, "%*s", (int)d->indent, "");
}

static void put_bytes(struct dumper *d, int64_t bytes)
{
    if (bytes < 0)
        buf_puts(d->out, ": bytes unknown");
    else
        buf_printf(d->out, ": %lld bytes", (long long)bytes);
}

/* Why an object is not just a C local. */
static const char *why(const struct frame *f, const struct decl *d)
{
    if (f->where[d->index] == RES_SAVED)
        return "saved";
    if (d->boxed)
        return "size known at run time";
    if (d->framed)
        return "of the function's own";
    if (d->addr_taken)
        return f->live->cfg->norm->keeps ? "address taken, held children"
                                         : "address taken";
    if (d->type->quals & (Q_VOLATILE | Q_ATOMIC))
        return "volatile or atomic";
    if (d->used_in_stmt_expr)
        return "used in a statement expression";
    if (type_is_aggregate(d->type))
        return "aggregate";
    return d->hidden ? "hidden by a name" : "maybe unset";
}

static void put_states(struct dumper *d, const struct decl *o)
{
    uint32_t n = d->f->live->cfg->norm->awaits.n, count = 0;

    for (uint32_t k = 1; k <= n; k++)
        if (frame_needs(d->f, o, k))
            buf_printf(d->out, count++ ? " %u" : ", live across %u", k);
}

static void put_object(struct dumper *d, const char *name, const struct decl *o)
{
    struct slot s = {.d = (struct decl *)(uintptr_t)o};

    start_line(d);
    type_print(d->out, o->type, name);
    put_bytes(d, frame_slot(d->u, d->f, &s).bytes);
    if (o->is_param)
        buf_puts(d->out, ", parameter");
    if (o->is_param && name != d->f->field[o->index]) {
        buf_printf(d->out, ", then in %s\n", d->f->field[o->index]);
        return;
    }
    if (!o->is_param || d->f->where[o->index] == RES_FRAME)
        buf_printf(d->out, ", %s", why(d->f, o));
    if (!o->temp && !o->is_param && o->at.to > o->at.from)
        buf_printf(d->out, ", line %u", unit_loc(d->u, o->at.from).line);
    put_states(d, o);
    buf_putc(d->out, '\n');
}

/* The member for what is awaited, on lines indented by its braces. */
static void put_storage(struct dumper *d, const struct slot *s)
{
    unsigned indent = d->indent;
    struct buf b = {0};

    coro_print_storage(d->u, d->f->func, s->d ? s->d->coro : s->await->coro,
                       CORO_AWAITED, s->name, &b);
    for (const char *line = b.p ? b.p : "", *end; *line; line = end) {
        end = line + strcspn(line, "\n");
        if (*line == '}')
            d->indent -= 4;
        start_line(d);
        buf_put(d->out, line, (size_t)(end - line));
        if (end > line && end[-1] == '{')
            d->indent += 4;
        if (*end) {
            buf_putc(d->out, '\n');
            end++;
        }
    }
    d->indent = indent;
    d->out->oom |= b.oom;
    buf_free(&b);
}

static void put_slot(struct dumper *d, const struct slot *s)
{
    if (s->d && !s->d->coro) {
        put_object(d, s->name, s->d);
        return;
    }
    put_storage(d, s);
    d->out->n--; /* the semicolon */
    put_bytes(d, frame_slot(d->u, d->f, s).bytes);
    if (s->d) {
        buf_puts(d->out, ", generator");
        put_states(d, s->d);
    } else {
        buf_printf(d->out, ", awaited at %u", s->await->state);
        if (s->await->kept)
            buf_puts(d->out, ", children may be held");
    }
    buf_putc(d->out, '\n');
}

static bool is_empty(const struct frame_region *r)
{
    for (uint32_t i = 0; i < r->parts.n; i++)
        if (!is_empty(r->parts.v[i]))
            return false;
    return r->slots.n == 0;
}

static void put_region(struct dumper *d, const struct frame_region *r)
{
    for (uint32_t i = 0; i < r->slots.n; i++)
        put_slot(d, &r->slots.v[i]);
    for (uint32_t i = 0; i < r->parts.n; i++) {
        if (is_empty(r->parts.v[i]))
            continue;
        start_line(d);
        buf_puts(d->out, "over\n");
        d->indent += 2;
        put_region(d, r->parts.v[i]);
        d->indent -= 2;
    }
}

static void put_param(struct dumper *d, uint32_t i)
{
    const struct func *fn = d->f->func;

    if (fn->params[i].decl) {
        put_object(d, fn->fields[i], fn->params[i].decl);
        return;
    }
    start_line(d);
    type_print(d->out, fn->params[i].type, fn->fields[i]);
    put_bytes(d, frame_extent_type(d->u, fn->params[i].type).bytes);
    buf_puts(d->out, ", parameter\n");
}

static void put_head(struct dumper *d)
{
    const struct func *fn = d->f->func;
    const struct type *ret = fn->decl->type->base;

    start_line(d);
    buf_puts(d->out, "struct aw_frame aw");
    put_bytes(d, frame_header(d->u).bytes);
    buf_puts(d->out, ", header\n");
    if (d->f->has_result) {
        start_line(d);
        type_print(d->out, ret, "ret");
        put_bytes(d, frame_extent_type(d->u, ret).bytes);
        buf_puts(d->out, ", result");
        put_states(d, d->f->live->cfg->result);
        buf_putc(d->out, '\n');
    }
    for (uint32_t i = 0; i < fn->nparams; i++)
        put_param(d, i);
}

/* The name of member i of those behind the header. */
static const char *head_name(const struct frame *f, uint32_t i)
{
    if (f->has_result && i == 0)
        return "ret";
    return f->func->fields[i - f->has_result];
}

static void put_late(struct dumper *d)
{
    const struct frame *f = d->f;

    if (f->late.n == 0)
        return;
    start_line(d);
    buf_printf(d->out, "or, behind %s,\n",
               f->kept ? head_name(f, f->kept - 1) : "aw");
    d->indent += 2;
    for (uint32_t i = 0; i < f->late.n; i++)
        put_slot(d, &f->late.v[i]);
    d->indent -= 2;
}

static void put_tail(struct dumper *d)
{
    const struct frame *f = d->f;
    struct slot s = {.await = f->tail};

    if (!f->tail)
        return;
    s.name = f->child[f->tail->state];
    start_line(d);
    buf_puts(d->out, "or, in the place of all that,\n");
    d->indent += 2;
    put_slot(d, &s);
    d->indent -= 2;
}

static void put_views(struct dumper *d)
{
    put_head(d);
    if (!d->f->early)
        return;
    put_region(d, d->f->early);
    put_late(d);
    put_tail(d);
    if (!is_empty(d->f->root) || d->f->live->cfg->norm->holds) {
        start_line(d);
        buf_puts(d->out, "and, besides,\n");
    }
}

static void put_held(struct dumper *d)
{
    if (!d->f->live->cfg->norm->holds)
        return;
    start_line(d);
    buf_puts(d->out, "struct awi_gather *awf_held: 8 bytes, children that "
                     "outlive their await\n");
    start_line(d);
    buf_puts(d->out, "int awf_out: 4 bytes, outcome while the function waits "
                     "for them\n");
}

/* The largest frame that is embedded, and in that the largest, and so on. */
static void put_chain(struct dumper *d)
{
    const struct decl *f = d->f->func->decl;

    if (!d->f->func->largest)
        return;
    start_line(d);
    buf_puts(d->out, "largest:");
    while (f) {
        struct extent x = frame_of(d->u, f);

        buf_printf(d->out, " %s %lld", f->name->s, (long long)x.bytes);
        f = f->func ? f->func->largest : NULL;
        if (f)
            buf_puts(d->out, " >");
    }
    buf_putc(d->out, '\n');
}

/* Others see it, through a header of -H. */
static bool is_external(const struct decl *d)
{
    return d->storage != ST_STATIC && strcmp(d->name->s, "main") != 0;
}

static void put_awaits(struct dumper *d)
{
    const struct norm *n = d->f->live->cfg->norm;

    for (uint32_t k = 1; k <= n->awaits.n; k++)
        buf_printf(d->out, "  await %u: line %u%s\n", k,
                   unit_loc(d->u, n->awaits.v[k - 1]->at.from).line,
                   n->awaits.v[k - 1] == d->f->tail ? ", the frame becomes "
                                                      "that of what is awaited"
                                                    : "");
}

void frame_dump(struct unit *u, const struct frame *f, struct buf *out)
{
    struct dumper d = {u, f, out, 2};
    const struct decl *fn = f->func->decl;

    buf_printf(out, "frame %s", fn->name->s);
    put_bytes(&d, f->func->frame_size);
    if (f->func->direct)
        buf_puts(out, ", on the C stack");
    else if (is_external(fn))
        buf_puts(out, ", published");
    buf_putc(out, '\n');
    put_views(&d);
    put_held(&d);
    put_region(&d, f->root);
    put_awaits(&d);
    put_chain(&d);
}
