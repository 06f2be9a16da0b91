/* SPDX-License-Identifier: MIT
 * Declaration specifiers and qualifiers, in any order and mixture. */
#include "gen/parse_decl.h"

/* Words of arithmetic types, counted: each has room for its repetitions. */
enum {
    W_VOID = 1 << 0,
    W_BOOL = 1 << 1,
    W_CHAR = 1 << 2,
    W_SHORT = 1 << 3,
    W_INT = 1 << 4,
    W_SIGNED = 1 << 5,
    W_UNSIGNED = 1 << 6,
    W_FLOAT = 1 << 7,
    W_DOUBLE = 1 << 8,
    W_INT128 = 1 << 9,
    W_LONG = 1 << 10, /* twice is long long */
};

struct words {
    unsigned set;
    bool complex_;
    uint8_t kind; /* _Float32 and its like */
};

/* ---- what begins a declaration ------------------------------------------- */

bool specs_keyword(enum tok_kind k)
{
    switch (k) {
    case TK_ALIGNAS:
    case TK_ATOMIC:
    case TK_ATTRIBUTE:
    case TK_AUTO:
    case TK_AUTO_TYPE:
    case TK_BOOL:
    case TK_CHAR_T:
    case TK_COMPLEX:
    case TK_CONST:
    case TK_DECIMAL32:
    case TK_DECIMAL64:
    case TK_DECIMAL128:
    case TK_DOUBLE:
    case TK_ENUM:
    case TK_EXTERN:
    case TK_FLOAT:
    case TK_FLOAT16:
    case TK_FLOAT32:
    case TK_FLOAT32X:
    case TK_FLOAT64:
    case TK_FLOAT64X:
    case TK_FLOAT128:
    case TK_IMAGINARY:
    case TK_INLINE:
    case TK_INT:
    case TK_INT128:
    case TK_LONG:
    case TK_NORETURN:
    case TK_REGISTER:
    case TK_RESTRICT:
    case TK_SHORT:
    case TK_SIGNED:
    case TK_STATIC:
    case TK_STRUCT:
    case TK_THREAD_LOCAL:
    case TK_TYPEDEF:
    case TK_TYPEOF:
    case TK_UNION:
    case TK_UNSIGNED:
    case TK_VOID:
    case TK_VOLATILE: return true;
    default: return false;
    }
}

/* Address spaces and clang's nullability, bound by parse_builtins: they
 * qualify and mean nothing to us. */
static bool is_ignored_qualifier(const struct token *t)
{
    const struct decl *d = t->atom->decl;
    return d && d->kind == DECL_BUILTIN && d->value == BUILTIN_QUALIFIER;
}

/* `async` is a word when a declaration goes on behind it: two identifiers in
 * a row are never an expression. The reserved spelling always is. */
static bool at_async(const struct parser *p, uint32_t ahead)
{
    if (!parse_at_word(p, ahead, WORD_ASYNC))
        return false;
    const struct token *t = parse_tok_at(p, ahead);
    return t->atom->word == WORD_ASYNC_ALWAYS ||
           parse_kind_at(p, ahead + 1) == TK_IDENT ||
           specs_keyword(parse_kind_at(p, ahead + 1));
}

static bool at_type_form(const struct parser *p, uint32_t ahead)
{
    return parse_at_form(p, ahead, FORM_TASK_TYPE) ||
           parse_at_form(p, ahead, FORM_QUEUE_TYPE) ||
           parse_at_form(p, ahead, FORM_TASK_STORAGE) ||
           parse_at_form(p, ahead, FORM_GENERATOR);
}

static bool ident_starts_type(const struct parser *p, uint32_t ahead)
{
    const struct token *t = parse_tok_at(p, ahead);
    if (t->atom->decl && t->atom->decl->kind == DECL_TYPEDEF)
        return true;
    if (t->atom->word && (at_async(p, ahead) || at_type_form(p, ahead)))
        return true;
    return is_ignored_qualifier(t);
}

bool parse_is_type_start_at(const struct parser *p, uint32_t ahead)
{
    while (parse_kind_at(p, ahead) == TK_EXTENSION)
        ahead++;
    enum tok_kind k = parse_kind_at(p, ahead);
    if (k == TK_IDENT)
        return ident_starts_type(p, ahead);
    return specs_keyword(k) || parse_at_attribute(p, ahead);
}

bool parse_is_type_start(const struct parser *p)
{
    return parse_is_type_start_at(p, 0);
}

/* ---- arithmetic types ---------------------------------------------------- */

static enum type_kind kind_of_words(unsigned set)
{
    bool u = set & W_UNSIGNED;
    unsigned size = set & ~(unsigned)(W_SIGNED | W_UNSIGNED | W_INT);
    switch (size) {
    case W_VOID: return TY_VOID;
    case W_BOOL: return TY_BOOL;
    case W_CHAR: return u ? TY_UCHAR : set & W_SIGNED ? TY_SCHAR : TY_CHAR;
    case W_SHORT: return u ? TY_USHORT : TY_SHORT;
    case W_LONG: return u ? TY_ULONG : TY_LONG;
    case 2 * W_LONG: return u ? TY_ULLONG : TY_LLONG;
    case W_INT128: return u ? TY_UINT128 : TY_INT128;
    case W_FLOAT: return TY_FLOAT;
    case W_DOUBLE: return TY_DOUBLE;
    case W_DOUBLE + W_LONG: return TY_LDOUBLE;
    default: return u ? TY_UINT : TY_INT;
    }
}

static const struct type *type_of_words(struct parser *p, const struct words *w)
{
    struct types *t = &p->u->types;
    unsigned set = w->set;
    if (w->complex_ && !set)
        set = W_DOUBLE;
    enum type_kind k = w->kind ? (enum type_kind)w->kind : kind_of_words(set);
    const struct type *ty = type_basic(t, k);
    return w->complex_ ? type_derived(t, TY_COMPLEX, ty) : ty;
}

/* The bit of a keyword that is a word of an arithmetic type; 0 for others. */
static unsigned word_bit(enum tok_kind k)
{
    switch (k) {
    case TK_VOID: return W_VOID;
    case TK_BOOL: return W_BOOL;
    case TK_CHAR_T: return W_CHAR;
    case TK_SHORT: return W_SHORT;
    case TK_INT: return W_INT;
    case TK_SIGNED: return W_SIGNED;
    case TK_UNSIGNED: return W_UNSIGNED;
    case TK_FLOAT: return W_FLOAT;
    case TK_DOUBLE: return W_DOUBLE;
    case TK_INT128: return W_INT128;
    case TK_LONG: return W_LONG;
    default: return 0;
    }
}

/* Types of one keyword that nothing but _Complex combines with. */
static enum type_kind single_kind(enum tok_kind k)
{
    switch (k) {
    case TK_FLOAT16: return TY_FLOAT16;
    case TK_FLOAT32: return TY_FLOAT32;
    case TK_FLOAT32X: return TY_FLOAT32X;
    case TK_FLOAT64: return TY_FLOAT64;
    case TK_FLOAT64X: return TY_FLOAT64X;
    case TK_FLOAT128: return TY_FLOAT128;
    case TK_DECIMAL32: return TY_DEC32;
    case TK_DECIMAL64: return TY_DEC64;
    case TK_DECIMAL128: return TY_DEC128;
    default: return TY_ERROR;
    }
}

static bool accept_word(struct parser *p, struct specs *s, struct words *w)
{
    enum tok_kind k = parse_kind(p);
    unsigned bit = word_bit(k);
    if (bit) {
        w->set = bit == W_LONG ? w->set + W_LONG : w->set | bit;
        w->set = w->set >= 3 * W_LONG ? w->set - W_LONG : w->set;
    } else if (k == TK_COMPLEX || k == TK_IMAGINARY) {
        w->complex_ = true;
    } else if (single_kind(k) != TY_ERROR) {
        if (k == TK_FLOAT128 && unit_tok(p->u, p->pos).p[1] == '_')
            types_gnu_float128(&p->u->types);
        w->kind = (uint8_t)single_kind(k);
    } else {
        return false;
    }
    p->pos++;
    s->has_type = true;
    return true;
}

/* ---- storage, qualifiers ------------------------------------------------- */

static bool accept_storage(struct parser *p, struct specs *s)
{
    switch (parse_kind(p)) {
    case TK_TYPEDEF: s->storage = ST_TYPEDEF; break;
    case TK_EXTERN: s->storage = ST_EXTERN; break;
    case TK_STATIC: s->storage = ST_STATIC; break;
    case TK_AUTO: s->storage = ST_AUTO; break;
    case TK_REGISTER: s->storage = ST_REGISTER; break;
    case TK_THREAD_LOCAL: s->thread_local_ = true; break;
    case TK_INLINE: s->is_inline = true; break;
    case TK_NORETURN: s->noreturn = true; break;
    case TK_EXTENSION: break;
    default: return false;
    }
    p->pos++;
    return true;
}

static unsigned qualifier(enum tok_kind k)
{
    return k == TK_CONST      ? Q_CONST
           : k == TK_VOLATILE ? Q_VOLATILE
           : k == TK_RESTRICT ? Q_RESTRICT
           : k == TK_ATOMIC   ? Q_ATOMIC
                              : 0;
}

/* Zero or more qualifiers and attributes, as behind a `*`. */
unsigned parse_qualifiers(struct parser *p, struct attrs *a)
{
    unsigned quals = 0;
    for (;;) {
        unsigned q = qualifier(parse_kind(p));
        if (q)
            p->pos++;
        else if (parse_at_attribute(p, 0))
            parse_attributes(p, a);
        else if (parse_at(p, TK_IDENT) && is_ignored_qualifier(parse_tok(p)))
            p->pos++;
        else
            return quals;
        quals |= q;
    }
}

/* ---- types of other kinds ------------------------------------------------ */

static const struct type *parse_paren_type(struct parser *p)
{
    tokidx open = p->pos;
    parse_expect(p, TK_LPAREN);
    const struct type *ty = parse_type_name(p);
    parse_close(p, TK_RPAREN, open);
    return ty;
}

/* typeof-specifier = typeof ( expression | type-name ) */
static const struct type *parse_typeof(struct parser *p)
{
    parse_advance(p);
    tokidx open = p->pos;
    parse_expect(p, TK_LPAREN);
    bool named = parse_is_type_start(p);
    const struct type *ty;
    if (named) {
        ty = parse_type_name(p);
    } else {
        parse_bind_params(p);
        p->unevaluated++;
        ty = parse_expr(p)->type;
        p->unevaluated--;
    }
    parse_close(p, TK_RPAREN, open);
    if (!named)
        async_edit_typeof(p, parse_since(p, open), ty);
    return ty;
}

/* atomic-type = _Atomic ( type-name ) */
static const struct type *parse_atomic(struct parser *p)
{
    parse_advance(p);
    const struct type *ty = parse_paren_type(p);
    return type_qualified(&p->u->types, ty, Q_ATOMIC);
}

/* "(" identifier ")": the struct of a task and the frame of that function,
 * which lower_unit.c defines before the first mention. */
static const struct type *parse_storage(struct parser *p, tokidx from)
{
    struct unit *u = p->u;
    tokidx open = p->pos;
    parse_expect(p, TK_LPAREN);
    struct span at = parse_here(p);
    struct atom *name = parse_tok(p)->atom;
    struct decl *f = name ? name->decl : NULL;
    parse_expect(p, TK_IDENT);
    parse_close(p, TK_RPAREN, open);
    if (!f || f->kind != DECL_FUNC || !type_is_async(f->type)) {
        if (!p->panic)
            diag(u, at, D_form_argument, "the name of an async function");
        return type_basic(&u->types, TY_ERROR);
    }
    const char *text = arena_printf(&u->arena, "struct awfk_%s", name->s);
    struct edit e = {parse_since(p, from), text};
    VEC_PUSH(&u->arena, &u->edits, e);
    if (!f->storage_tag) {
        struct tag *t = f->storage_tag = ARENA_NEW(&u->arena, struct tag);
        struct use_of_storage use = {f, from};
        t->kind = TY_STRUCT;
        t->complete = true;
        t->size = t->natural = -1;
        t->name = atoms_z(&u->atoms, text + 7);
        VEC_PUSH(&u->arena, &u->storages, use);
    }
    return type_tagged(&u->types, f->storage_tag);
}

/* dialect-type = ( aw_task | aw_queue | async_generator ) ( type-name )
 * A task is a pointer, a queue a struct in what we write. */
static const struct type *parse_dialect_type(struct parser *p, struct specs *s)
{
    tokidx from = p->pos;
    unsigned form = parse_tok(p)->atom->word;
    parse_advance(p);
    if (form == FORM_TASK_STORAGE)
        return parse_storage(p, from);
    const struct type *of = parse_paren_type(p);
    if (form == FORM_GENERATOR) {
        if ((type_is_void(of) || of->kind == TY_ARRAY || of->kind == TY_FUNC) &&
            !p->panic)
            diag(p->u, parse_since(p, from), D_generator_type,
                 type_text(&p->u->arena, of));
        s->async = s->generator = true;
        s->async_at = from;
        return of;
    }
    bool task = form == FORM_TASK_TYPE;
    struct edit e = {parse_since(p, from),
                     task ? "struct aw_task *" : "struct aw_queue"};
    VEC_PUSH(&p->u->arena, &p->u->edits, e);
    if (task)
        s->edit = p->u->edits.n;
    return type_derived(&p->u->types, task ? TY_TASK : TY_QUEUE, of);
}

void specs_edit_general(struct parser *p, const struct specs *s)
{
    if (s->edit)
        p->u->edits.v[s->edit - 1].text = "__typeof__(struct aw_task *)";
}

static const struct type *parse_typedef_name(struct parser *p)
{
    struct decl *d = parse_tok(p)->atom->decl;
    struct vla_name use = {d, parse_here(p)};
    p->pos++;
    if (d->type->vla && p->func)
        VEC_PUSH(p->u->tree, &p->func->vla_names, use);
    return type_aliased(&p->u->types, d->type, d);
}

/* A specifier that is a type by itself; only one may stand. */
static bool accept_type(struct parser *p, struct specs *s)
{
    switch (parse_kind(p)) {
    case TK_STRUCT:
    case TK_UNION: s->type = parse_struct(p, s); break;
    case TK_ENUM: s->type = parse_enum(p, s); break;
    case TK_TYPEOF: s->type = parse_typeof(p); break;
    case TK_AUTO_TYPE:
        parse_advance(p);
        s->auto_type = true;
        s->type = type_basic(&p->u->types, TY_INT);
        break;
    case TK_IDENT:
        if (at_type_form(p, 0))
            s->type = parse_dialect_type(p, s);
        else if (parse_tok(p)->atom->decl &&
                 parse_tok(p)->atom->decl->kind == DECL_TYPEDEF)
            s->type = parse_typedef_name(p);
        else
            return false;
        break;
    default: return false;
    }
    s->has_type = true;
    return true;
}

/* Where names go on behind one that is no type, it was meant as one. */
static bool accept_unknown(struct parser *p, struct specs *s)
{
    if (!parse_at_unknown_type(p))
        return false;
    if (s->async && p->func && !p->params) {
        diag(p->u, (struct span){s->async_at, s->async_at + 1}, D_async_place);
        parse_panic(p);
        return false;
    }
    s->type = parse_unknown_type(p);
    s->has_type = true;
    return true;
}

static bool accept_ident(struct parser *p, struct specs *s)
{
    const struct token *t = parse_tok(p);
    if (!s->has_type || t->atom->word == WORD_ASYNC_ALWAYS) {
        if (t->atom->word && at_async(p, 0)) {
            s->async = p->async_decl = true;
            s->async_at = parse_advance(p);
            return true;
        }
    }
    if (s->has_type && t->atom->word == WORD_ASYNC &&
        (at_async(p, 0) || parse_kind_at(p, 1) == TK_STAR)) {
        if (!p->panic)
            diag(p->u, parse_here(p), D_async_order);
        s->async = p->async_decl = true;
        s->async_at = parse_advance(p);
        return true;
    }
    if (is_ignored_qualifier(t)) {
        p->pos++;
        return true;
    }
    return !s->has_type && (accept_type(p, s) || accept_unknown(p, s));
}

/* One specifier or qualifier; false when there is none. */
static bool accept_spec(struct parser *p, struct specs *s, struct words *w)
{
    bool mended = !s->has_type && parse_mend(p);
    if (parse_at(p, TK_IDENT))
        return accept_ident(p, s) || mended;
    if (parse_at(p, TK_ATOMIC) && parse_kind_at(p, 1) == TK_LPAREN &&
        !s->has_type) {
        s->type = parse_atomic(p);
        s->has_type = true;
        return true;
    }
    unsigned q = qualifier(parse_kind(p));
    if (q) {
        s->quals = (uint8_t)(s->quals | q);
        p->pos++;
        return true;
    }
    if (parse_at_attribute(p, 0)) {
        parse_attributes(p, &s->attrs);
        return true;
    }
    if (parse_at(p, TK_ALIGNAS)) {
        parse_alignas(p, &s->attrs);
        return true;
    }
    return accept_word(p, s, w) || accept_storage(p, s) ||
           (!s->has_type && accept_type(p, s));
}

/* declaration-specifiers = { storage-class | qualifier | function-specifier
 *     | alignment-specifier | attribute | __extension__ | async
 *     | type-specifier }
 * A typedef name counts only before any other type specifier. */
void parse_specs(struct parser *p, struct specs *s)
{
    struct words w = {0};
    tokidx from = p->pos;
    *s = (struct specs){0};
    while (accept_spec(p, s, &w))
        ;
    if (!s->type)
        s->type = type_of_words(p, &w);
    bool last = s->edit && p->u->edits.v[s->edit - 1].at.to == p->pos;
    if (s->edit && (s->quals || !last))
        specs_edit_general(p, s);
    if (s->quals)
        s->type = type_qualified(&p->u->types, s->type, s->quals);
    s->noreturn |= s->attrs.noreturn;
    s->at = parse_since(p, from);
}
