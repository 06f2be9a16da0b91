/* SPDX-License-Identifier: MIT */
#include "gen/publish.h"

#include "gen/coro.h"
#include "gen/diag.h"
#include "gen/lex.h"
#include "gen/parse.h"
#include "gen/type_shape.h"
#include "gen/version.h"

struct publisher {
    struct unit *u, *back;
    struct code *c;
    struct publisheds of;
    bool header; /* one is wanted: its structs must be right */
    bool any;    /* something was appended */
};

static struct atom *atom(struct unit *u, const char *prefix, const char *name)
{
    const char *s = arena_printf(&u->arena, "%s%s", prefix, name);

    return atoms_z(&u->atoms, s);
}

static void own(struct publisher *p, const char *text)
{
    code_nl(p->c);
    code_text(p->c, text);
}

#define OWN(p, ...) own((p), arena_printf(&(p)->u->arena, __VA_ARGS__))

/* ---- hashes ---------------------------------------------------------------
 */

/* FNV-1a over what is no space, as a positive int. */
static uint32_t hash(uint32_t h, const struct buf *text)
{
    for (size_t i = 0; i < text->n; i++)
        if (text->p[i] != ' ' && text->p[i] != '\n')
            h = (h ^ (unsigned char)text->p[i]) * 16777619u;
    return h & 0x7fffffff;
}

enum { HASH_START = 0x4c5a7b1 + AWAITC_ABI };

static bool hash_frame(struct unit *u, const struct tag *frame, uint32_t *h)
{
    struct buf b = {0};
    uint32_t count = 0;
    bool ok = true;

    for (uint32_t i = 0; i < frame->members.n; i++)
        ok &= type_shape_member(&u->types, &b, frame, &frame->members.v[i],
                                &count);
    *h = hash(HASH_START, &b);
    buf_free(&b);
    return ok;
}

static uint32_t hash_signature(struct unit *u, const struct type *f)
{
    struct buf b = {0};
    uint32_t h, count = 0;

    if (!type_is_void(f->base))
        type_shape(&u->types, &b, f->base, &count);
    for (uint32_t i = 0; i < f->nparams; i++) {
        buf_putc(&b, ',');
        type_shape(&u->types, &b, f->params[i].type, &count);
    }
    h = hash(HASH_START, &b);
    buf_free(&b);
    return h;
}

/* ---- who defines ----------------------------------------------------------
 */

static bool is_published(const struct func *f)
{
    return f->async && f->decl->storage != ST_STATIC &&
           strcmp(f->decl->name->s, "main") != 0;
}

/* The output so far, as a unit, as far as it is still there: without the
 * functions, which are printed and gone. Its structs are what they are for the
 * C compiler. */
static void read_back(struct publisher *p)
{
    struct out_options o = {.name = "", .no_line = true};
    struct buf b = {0};
    struct str text;

    out_print(p->u, p->c, &o, &b);
    if (b.oom)
        arena_fail(&p->u->arena);
    text.p = arena_strndup(&p->u->arena, b.p, b.n);
    text.n = b.n;
    buf_free(&b);
    unit_init(p->back, text, "", p->u->arena.fail, p->u->arena.ctx);
    lex(p->back);
    parse(p->back);
}

/* Header, result and parameters keep their types: callers use them. */
static uint32_t named_members(const struct func *f)
{
    return f->nparams + (type_is_void(f->decl->type->base) ? 1 : 2);
}

/* The members of t in the order in which they stand; the first `named` ones of
 * the struct `head`, which begins t. */
static void put_members(struct publisher *p, struct buf *b, const struct tag *t,
                        const struct tag *head, uint32_t named, uint32_t *count)
{
    for (uint32_t i = 0; i < t->members.n; i++) {
        const struct member *m = &t->members.v[i];

        if (i == 0 && t != head) {
            const struct tag *in = m->type->tag;

            buf_printf(b, "__extension__ %s {\n",
                       in->kind == TY_UNION ? "union" : "struct");
            put_members(p, b, in, head, named, count);
            buf_puts(b, "};\n");
        } else if (t != head || i >= named) {
            type_shape_member(&p->back->types, b, t, m, count);
        } else {
            type_print(b, m->type, m->name ? m->name->s : "");
            if (m->align)
                buf_printf(b, " __attribute__((aligned(%u)))", m->align);
            buf_puts(b, ";\n");
        }
    }
}

static const char *members(struct publisher *p, const struct func *f,
                           const struct tag *frame)
{
    struct buf b = {0};
    const char *text;
    uint32_t count = 0;

    put_members(p, &b, frame, coro_frame_head(frame), named_members(f), &count);
    text = arena_strndup(&p->u->arena, b.p ? b.p : "", b.n);
    buf_free(&b);
    return text;
}

static void add(struct publisher *p, struct func *f)
{
    struct published x = {.func = f};
    const char *name = f->decl->name->s;

    if (coro_published(p->u, f->decl)) {
        diag(p->u, f->decl->at, D_own_header, name);
        diag_note(p->u, coro_published(p->u, f->decl)->toks,
                  "included from here");
        return;
    }
    x.frame = atom(p->back, "awf_", name)->tag;
    if (!x.frame || !hash_frame(p->back, x.frame, &x.hash)) {
        if (p->header)
            diag(p->u, f->decl->at, D_unpublished, name);
        return;
    }
    x.members = members(p, f, x.frame);
    VEC_PUSH(&p->u->arena, &p->of, x);
}

static void define(struct publisher *p, const char *name, const char *what,
                   uint32_t h)
{
    const char *symbol = arena_printf(
        &p->u->arena, "awf_%s_%s_changed_recompile_%08x", name, what, h);

    OWN(p, "extern const char %s;", symbol);
    OWN(p, "const char %s = 0;", symbol);
}

/* The header's struct has the size of the real one, or nothing compiles. */
static void put_check(struct publisher *p, const struct published *x)
{
    const char *name = x->func->decl->name->s;
    struct buf b = {0};

    buf_printf(&b, "struct awfp_%s {\n%s};\n", name, x->members);
    code_lines(p->c, b.p ? b.p : "");
    buf_free(&b);
    OWN(p,
        "__extension__ _Static_assert(sizeof(struct awfp_%s) == "
        "sizeof(struct awf_%s) &&",
        name, name);
    code_in(p->c);
    OWN(p, "__alignof__(struct awfp_%s) == __alignof__(struct awf_%s),", name,
        name);
    OWN(p, "\"the frame of '%s' cannot be published\");", name);
    code_out(p->c);
}

/* Whether one of u's functions is for other files. */
static bool publishes(const struct unit *u)
{
    for (uint32_t i = 0; i < u->funcs.n; i++)
        if (is_published(u->funcs.v[i]))
            return true;
    return false;
}

static void put_definitions(struct publisher *p)
{
    if (!publishes(p->u))
        return;
    read_back(p);
    for (uint32_t i = 0; i < p->u->funcs.n; i++)
        if (is_published(p->u->funcs.v[i]))
            add(p, p->u->funcs.v[i]);
    p->any |= p->of.n != 0;
    for (uint32_t i = 0; i < p->of.n; i++) {
        const struct decl *d = p->of.v[i].func->decl;

        if (p->header)
            put_check(p, &p->of.v[i]);
        define(p, d->name->s, "layout", p->of.v[i].hash);
        define(p, d->name->s, "signature", hash_signature(p->u, d->type));
    }
}

/* ---- who calls ------------------------------------------------------------
 */

/* The header says what hash it was written with: another one now means that
 * a type has changed since. */
static const char *layout_symbol(struct publisher *p,
                                 const struct async_use *use)
{
    const char *name = use->d->name->s;
    const struct decl *mark = atom(p->u, "awfh_", name)->decl;
    uint32_t h;

    if (!mark || mark->kind != DECL_ENUMCONST)
        return NULL; /* written by hand, as those in aw_gen.h */
    if (!hash_frame(p->u, coro_published(p->u, use->d), &h) ||
        (int64_t)h != mark->value) {
        diag(p->u, use->at, D_stale_header, name);
        diag_note(p->u, mark->at, "the frame of '%s' is published here", name);
    }
    return arena_printf(&p->u->arena, "awf_%s_layout_changed_recompile_%08x",
                        name, h);
}

static const char *callee_symbol(struct publisher *p,
                                 const struct async_use *use)
{
    const char *name = use->d->name->s;

    if (strncmp(name, "aw_", 3) == 0)
        return NULL; /* the runtime's: the ABI number is checked */
    if (coro_published(p->u, use->d))
        return layout_symbol(p, use);
    return arena_printf(&p->u->arena, "awf_%s_signature_changed_recompile_%08x",
                        name, hash_signature(p->u, use->d->type));
}

static bool is_external(const struct decl *d)
{
    return !d->func && d->storage != ST_STATIC;
}

/* AWF_KEEP is the driver's: where linkers drop unused sections, not this. */
static void put_references(struct publisher *p)
{
    VEC(const char *) needs = {0};

    for (uint32_t i = 0; i < p->u->uses.n; i++) {
        const struct async_use *use = &p->u->uses.v[i];
        const char *symbol = is_external(use->d) ? callee_symbol(p, use) : NULL;

        if (symbol)
            VEC_PUSH(&p->u->arena, &needs, symbol);
    }
    if (needs.n == 0)
        return;
    p->any = true;
    for (uint32_t i = 0; i < needs.n; i++)
        OWN(p, "extern const char %s;", needs.v[i]);
    own(p, "AWF_KEEP static const char *const awf_needs[] = {");
    code_in(p->c);
    for (uint32_t i = 0; i < needs.n; i++)
        OWN(p, "&%s,", needs.v[i]);
    code_out(p->c);
    own(p, "};");
}

void publish(struct unit *u, struct unit *back, struct code *c,
             const struct publish_options *o)
{
    struct publisher p = {u, back, c, {0}, o->name != NULL, false};

    put_references(&p);
    put_definitions(&p);
    if (p.any)
        own(&p, ""); /* the last line ends */
    if (o->name && u->errors == 0)
        publish_header(u, &p.of, o);
}
