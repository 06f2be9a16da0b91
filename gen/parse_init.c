/* SPDX-License-Identifier: MIT
 * Initialisers: C11 6.7.9 with GNU designators. A stack of levels follows
 * the current object through nested aggregates, braces elided or not, so
 * that each element knows the type it initialises. */
#include "gen/parse_body.h"

/* An aggregate being filled. */
struct level {
    const struct type *type;
    int64_t next; /* subscript or member that comes next */
    int64_t end;  /* one behind the last one; -1 open */
};

struct list {
    const struct type *target;
    VEC(struct level) levels; /* [0] is the target itself */
    int64_t longest;          /* elements of an array of unknown size */
    VEC(struct expr *) args;
    VEC(struct init_elem) inits;
};

/* ---- where the next element goes --------------------------------------- */

static int64_t level_end(const struct type *ty)
{
    switch (ty->kind) {
    case TY_ARRAY: return ty->count >= 0 ? ty->count : -1;
    case TY_VECTOR: return ty->count;
    case TY_STRUCT:
    case TY_UNION: return ty->tag->members.n;
    case TY_ERROR: return -1;
    default: return 1;
    }
}

/* A queue is initialised as what it is in C. */
static const struct type *shape(struct parser *p, const struct type *ty)
{
    struct tag *t;

    if (ty->kind != TY_QUEUE)
        return ty;
    t = atoms_z(&p->u->atoms, "aw_queue")->tag;
    return t && t->complete ? type_tagged(&p->u->types, t)
                            : type_basic(&p->u->types, TY_ERROR);
}

static void push_level(struct parser *p, struct list *l, const struct type *ty)
{
    ty = shape(p, ty);
    struct level lv = {ty, 0, level_end(ty)};
    VEC_PUSH(p->u->tree, &l->levels, lv);
}

/* Members without a name are skipped, but for anonymous aggregates. */
static bool takes_value(const struct member *m)
{
    return m->name || (!m->width && (m->type->kind == TY_STRUCT ||
                                     m->type->kind == TY_UNION));
}

static void skip_padding(struct level *lv)
{
    if (lv->type->kind != TY_STRUCT && lv->type->kind != TY_UNION)
        return;
    while (lv->next < lv->end &&
           !takes_value(&lv->type->tag->members.v[lv->next]))
        lv->next++;
}

/* The type of what comes next at this level; NULL when it is full. */
static const struct type *next_type(struct parser *p, struct level *lv)
{
    skip_padding(lv);
    if (lv->end >= 0 && lv->next >= lv->end)
        return NULL;
    switch (lv->type->kind) {
    case TY_ARRAY:
    case TY_VECTOR: return lv->type->base;
    case TY_STRUCT:
    case TY_UNION: return lv->type->tag->members.v[lv->next].type;
    case TY_ERROR: return type_basic(&p->u->types, TY_ERROR);
    default: return lv->type;
    }
}

/* Steps over what has been initialised, up through full levels. */
static void step(struct list *l)
{
    struct level *lv = &VEC_LAST(&l->levels);

    lv->next = lv->type->kind == TY_UNION ? lv->end : lv->next + 1;
    if (l->levels.n == 1 && lv->next > l->longest)
        l->longest = lv->next;
    while (l->levels.n > 1) {
        lv = &VEC_LAST(&l->levels);
        skip_padding(lv);
        if (lv->end < 0 || lv->next < lv->end)
            return;
        l->levels.n--;
        lv = &VEC_LAST(&l->levels);
        lv->next = lv->type->kind == TY_UNION ? lv->end : lv->next + 1;
        if (l->levels.n == 1 && lv->next > l->longest)
            l->longest = lv->next;
    }
}

static bool is_aggregate(const struct type *ty)
{
    return type_is_aggregate(ty) || ty->kind == TY_VECTOR;
}

static bool is_char_array(const struct type *ty)
{
    return ty->kind == TY_ARRAY && type_is_integer(ty->base);
}

/* e as a whole initialises an object of type ty: no descent into it. */
static bool fits_whole(const struct type *ty, const struct expr *e)
{
    if (!is_aggregate(ty) || e->type->kind == TY_ERROR)
        return true;
    if (expr_strip(e)->kind == EX_STRING && is_char_array(ty))
        return true;
    if (ty->kind == TY_ARRAY)
        return expr_strip(e)->kind == EX_COMPOUND &&
               type_compatible(ty, e->type);
    const struct type *from = coro_result(e) ? e->type->base : e->type;
    if (ty->kind == TY_VECTOR)
        return from->kind == TY_VECTOR;
    return (from->kind == TY_STRUCT || from->kind == TY_UNION) &&
           from->tag == ty->tag;
}

/* Braces elided: goes into the next object until e fits as a whole. */
static const struct type *descend(struct parser *p, struct list *l,
                                  const struct expr *e)
{
    const struct type *ty = next_type(p, &VEC_LAST(&l->levels));

    while (ty && !fits_whole(ty, e)) {
        push_level(p, l, ty);
        const struct type *inner = next_type(p, &VEC_LAST(&l->levels));
        if (!inner) {
            l->levels.n--;
            return ty;
        }
        ty = inner;
    }
    return ty;
}

/* ---- designators ------------------------------------------------------- */

/* Makes `name` the next member, through anonymous members. */
static bool seek_member(struct parser *p, struct list *l,
                        const struct atom *name)
{
    struct level *lv = &VEC_LAST(&l->levels);

    if (lv->type->kind != TY_STRUCT && lv->type->kind != TY_UNION)
        return false;
    const struct tag *tag = lv->type->tag;
    for (uint32_t i = 0; i < tag->members.n; i++) {
        const struct member *m = &tag->members.v[i];
        if (m->name == name) {
            lv->next = i;
            return true;
        }
        if (m->name || !takes_value(m) || !type_member(m->type, name))
            continue;
        lv->next = i;
        push_level(p, l, m->type);
        return seek_member(p, l, name);
    }
    return false;
}

/* Before a further designator: into the object the last one led to. */
static void enter_designated(struct parser *p, struct list *l, bool first)
{
    if (first) {
        l->levels.n = 1;
        return;
    }
    const struct type *ty = next_type(p, &VEC_LAST(&l->levels));
    push_level(p, l, ty ? ty : type_basic(&p->u->types, TY_ERROR));
}

/* "." name, or the old GNU `name:` */
static void member_designator(struct parser *p, struct list *l, bool first)
{
    struct span at = parse_here(p);
    struct atom *name = parse_tok(p)->atom;

    enter_designated(p, l, first);
    if (!parse_expect(p, TK_IDENT))
        return;
    const struct level *lv = &VEC_LAST(&l->levels);
    if (lv->type->kind != TY_ERROR && !seek_member(p, l, name))
        expr_untyped(p, at, "no member named '%s'", name->s);
}

/* "[" constant [ "..." constant ] "]" */
static void index_designator(struct parser *p, struct list *l,
                             struct init_elem *elem, bool first)
{
    VEC(struct expr *)
    subs = {elem->subscripts, elem->nsubscripts, elem->nsubscripts};
    enter_designated(p, l, first);
    struct expr *i = parse_const_expr(p);
    VEC_PUSH(p->u->tree, &subs, i);
    if (parse_accept(p, TK_ELLIPSIS)) {
        i = parse_const_expr(p);
        VEC_PUSH(p->u->tree, &subs, i);
    }
    parse_expect(p, TK_RBRACK);
    struct level *lv = &VEC_LAST(&l->levels);
    if (i->constant)
        lv->next = i->value;
    elem->subscripts = subs.v;
    elem->nsubscripts = subs.n;
}

static bool at_designator(const struct parser *p)
{
    return parse_at(p, TK_DOT) || parse_at(p, TK_LBRACK) ||
           (parse_at(p, TK_IDENT) && parse_kind_at(p, 1) == TK_COLON);
}

/* designation = designator { designator } [ "=" ] | name ":" */
static void parse_designation(struct parser *p, struct list *l,
                              struct init_elem *elem)
{
    tokidx from = p->pos;
    bool first = true;

    if (parse_at(p, TK_IDENT)) {
        member_designator(p, l, true);
        parse_expect(p, TK_COLON);
    } else {
        for (; at_designator(p); first = false) {
            if (parse_accept(p, TK_DOT)) {
                member_designator(p, l, first);
            } else {
                parse_advance(p);
                index_designator(p, l, elem, first);
            }
        }
        parse_accept(p, TK_ASSIGN); /* old GNU C leaves it out */
    }
    elem->designation = parse_since(p, from);
}

/* ---- elements ---------------------------------------------------------- */

/* [ designation ] initializer */
static void parse_element(struct parser *p, struct list *l)
{
    struct init_elem elem = {.designation = {p->pos, p->pos}};
    const struct type *error = type_basic(&p->u->types, TY_ERROR);
    const struct type *ty;
    struct expr *e;

    if (at_designator(p))
        parse_designation(p, l, &elem);
    if (parse_at(p, TK_LBRACE)) {
        ty = next_type(p, &VEC_LAST(&l->levels));
        e = parse_initializer(p, ty ? ty : error);
    } else {
        e = parse_assign(p);
        ty = descend(p, l, e);
        if (ty)
            expr_check_convert(p, ty, e, false);
    }
    elem.type = ty ? ty : error;
    step(l);
    VEC_PUSH(p->u->tree, &l->args, e);
    VEC_PUSH(p->u->tree, &l->inits, elem);
}

/* `char s[] = {"abc"}`: the braces mean nothing. */
static bool is_braced_string(const struct list *l)
{
    return l->args.n == 1 && is_char_array(l->target) &&
           expr_strip(l->args.v[0])->kind == EX_STRING;
}

static const struct type *completed(struct parser *p, const struct list *l)
{
    const struct type *ty = l->target;
    int64_t n = l->longest;

    if (l->levels.n > 1 && l->levels.v[0].next >= n)
        n = l->levels.v[0].next + 1; /* its last element is not full */
    if (is_braced_string(l)) {
        l->inits.v[0].type = ty;
        n = l->args.v[0]->type->count;
    }
    if (ty->kind != TY_ARRAY || ty->count >= 0 || ty->size)
        return ty;
    return type_array(&p->u->types, ty->base, NULL, n);
}

/* The array of a queue holds what the queue does. */
static void check_queue(struct parser *p, const struct type *queue,
                        const struct expr *array)
{
    struct types *t = &p->u->types;
    const struct type *ty = type_decay(t, array->type);

    if (ty->kind != TY_PTR || p->panic || expr_is_wrong(array))
        return;
    if (!type_is_void(ty->base) &&
        !type_compatible(type_unqual(t, ty->base), type_unqual(t, queue->base)))
        diag(p->u, array->at, D_form_argument, "an array of the queue's type");
}

/* "{" [ element { "," element } [ "," ] ] "}" */
static struct expr *parse_list(struct parser *p, const struct type *target)
{
    struct list l = {.target = target};
    tokidx open = parse_advance(p);

    push_level(p, &l, target);
    while (!parse_at(p, TK_RBRACE) && !parse_at(p, TK_EOF)) {
        parse_element(p, &l);
        if (!parse_accept(p, TK_COMMA))
            break;
    }
    parse_close(p, TK_RBRACE, open);
    struct expr *e = expr_new(p, EX_INIT, open);
    e->type = completed(p, &l);
    e->args = l.args.v;
    e->nargs = l.args.n;
    e->inits = l.inits.v;
    for (uint32_t i = 0; i < e->nargs; i++)
        expr_take(e, e->args[i]);
    if (target->kind == TY_QUEUE && e->nargs)
        check_queue(p, target, e->args[0]);
    return e;
}

struct expr *parse_initializer(struct parser *p, const struct type *target)
{
    struct expr *e;

    if (!parse_at(p, TK_LBRACE)) {
        e = parse_assign(p);
        expr_check_convert(p, target, e, false);
        return e;
    }
    e = parse_enter(p) ? parse_list(p, target) : expr_new(p, EX_ERROR, p->pos);
    parse_leave(p);
    return e;
}
