/* SPDX-License-Identifier: MIT
 * Attributes: those that change a type, a layout or a lifetime are recorded,
 * all others stepped over. */
#include "gen/const.h"
#include "gen/parse_decl.h"

bool parse_at_attribute(const struct parser *p, uint32_t ahead)
{
    enum tok_kind k = parse_kind_at(p, ahead);
    return k == TK_ATTRIBUTE ||
           (k == TK_LBRACK && parse_kind_at(p, ahead + 1) == TK_LBRACK);
}

struct str parse_attr_name(const struct atom *a)
{
    struct str s = {a->s, a->n};
    if (s.n > 4 && memcmp(s.p, "__", 2) == 0 &&
        memcmp(s.p + s.n - 2, "__", 2) == 0) {
        s.p += 2;
        s.n -= 4;
    }
    return s;
}

/* [ ( constant-expression ) ]; NULL without. */
static struct expr *attr_const(struct parser *p)
{
    tokidx open = p->pos;
    if (!parse_accept(p, TK_LPAREN))
        return NULL;
    struct expr *e = parse_const_expr(p);
    parse_close(p, TK_RPAREN, open);
    return e;
}

/* aligned without an argument is the largest alignment of the target. */
static void attr_aligned(struct parser *p, struct attrs *a)
{
    a->aligned = attr_const(p);
    int64_t n = !a->aligned ? 16 : a->aligned->constant ? a->aligned->value : 0;
    a->align = n > 0 && n <= INT32_MAX ? (uint32_t)n : 0;
}

static void attr_vector_size(struct parser *p, struct attrs *a)
{
    struct expr *e = attr_const(p);
    a->vector_size = e && e->constant && e->value > 0 ? e->value : -1;
}

static void attr_cleanup(struct parser *p, struct attrs *a)
{
    tokidx open = p->pos;
    if (!parse_accept(p, TK_LPAREN))
        return;
    a->cleanup = parse_tok(p)->atom;
    parse_advance(p);
    parse_close(p, TK_RPAREN, open);
}

static void attr_mode(struct parser *p, struct attrs *a)
{
    static const struct {
        const char *name;
        enum attr_mode mode;
    } modes[] = {
        {"QI", MODE_QI},     {"byte", MODE_QI},
        {"HI", MODE_HI},     {"SI", MODE_SI},
        {"DI", MODE_DI},     {"TI", MODE_TI},
        {"word", MODE_WORD}, {"unwind_word", MODE_WORD},
        {"SF", MODE_SF},     {"pointer", MODE_WORD},
        {"DF", MODE_DF},     {"XF", MODE_XF},
        {"TF", MODE_TF},     {"SC", MODE_SC},
        {"DC", MODE_DC},     {"XC", MODE_XC},
        {"TC", MODE_TC},
    };
    tokidx open = p->pos;
    if (!parse_accept(p, TK_LPAREN))
        return;
    const struct token *t = parse_tok(p);
    struct str name = t->atom ? parse_attr_name(t->atom) : str_z("");
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        if (str_is(name, modes[i].name))
            a->mode = (uint8_t)modes[i].mode;
    }
    parse_advance(p);
    parse_close(p, TK_RPAREN, open);
}

/* attribute = [ name [ ( ... ) ] ]; any word can be a name. */
static void parse_attribute(struct parser *p, struct attrs *a)
{
    const struct token *t = parse_tok(p);
    if (!t->atom)
        return;
    parse_advance(p);
    struct str name = parse_attr_name(t->atom);
    if (str_is(name, "aligned"))
        attr_aligned(p, a);
    else if (str_is(name, "vector_size"))
        attr_vector_size(p, a);
    else if (str_is(name, "cleanup"))
        attr_cleanup(p, a);
    else if (str_is(name, "mode"))
        attr_mode(p, a);
    else if (str_is(name, "packed"))
        a->packed = true;
    else if (str_is(name, "noreturn") || str_is(name, "_Noreturn"))
        a->noreturn = true;
    else if (str_is(name, "constructor") || str_is(name, "destructor"))
        a->ctor = true;
    if (parse_at(p, TK_LPAREN))
        parse_skip_balanced(p);
}

/* attribute-list = attribute { , attribute }; with [[ ]] a namespace may
 * stand before each name. */
static void parse_attribute_list(struct parser *p, struct attrs *a)
{
    do {
        bool scoped = parse_kind_at(p, 1) == TK_COLONCOLON ||
                      (parse_kind_at(p, 1) == TK_COLON &&
                       parse_kind_at(p, 2) == TK_COLON);
        if (scoped)
            p->pos += parse_kind_at(p, 1) == TK_COLON ? 3 : 2;
        parse_attribute(p, a);
    } while (parse_accept(p, TK_COMMA));
}

/* gnu-attribute = __attribute__ ( ( attribute-list ) )
 * std-attribute = [ [ attribute-list ] ] */
void parse_attributes(struct parser *p, struct attrs *a)
{
    while (parse_at_attribute(p, 0)) {
        bool gnu = parse_accept(p, TK_ATTRIBUTE);
        enum tok_kind open = gnu ? TK_LPAREN : TK_LBRACK;
        enum tok_kind close = gnu ? TK_RPAREN : TK_RBRACK;
        tokidx outer = p->pos;
        parse_expect(p, open);
        parse_expect(p, open);
        parse_attribute_list(p, a);
        parse_close(p, close, outer + 1);
        parse_close(p, close, outer);
    }
}

struct span parse_skip_attributes(struct parser *p)
{
    struct attrs ignored = {0};
    tokidx from = p->pos;
    for (;;) {
        parse_attributes(p, &ignored);
        if (!parse_accept(p, TK_ASM))
            break;
        if (parse_at(p, TK_LPAREN))
            parse_skip_balanced(p);
    }
    return parse_since(p, from);
}

/* alignment-specifier = _Alignas ( type-name | constant-expression ) */
void parse_alignas(struct parser *p, struct attrs *a)
{
    parse_advance(p);
    tokidx open = p->pos;
    parse_expect(p, TK_LPAREN);
    if (parse_is_type_start(p)) {
        a->align_type = parse_type_name(p);
        int64_t n = type_alignof(a->align_type);
        a->align = n > 0 ? (uint32_t)n : 0;
    } else {
        a->aligned = parse_const_expr(p);
        if (a->aligned->constant && a->aligned->value > 0 &&
            a->aligned->value <= INT32_MAX)
            a->align = (uint32_t)a->aligned->value;
    }
    parse_close(p, TK_RPAREN, open);
}

void attrs_merge(struct attrs *a, const struct attrs *more)
{
    if (more->aligned || more->align_type || more->align) {
        a->aligned = more->aligned;
        a->align_type = more->align_type;
        a->align = more->align;
    }
    if (more->vector_size)
        a->vector_size = more->vector_size;
    if (more->mode)
        a->mode = more->mode;
    if (more->cleanup)
        a->cleanup = more->cleanup;
    a->packed |= more->packed;
    a->noreturn |= more->noreturn;
    a->ctor |= more->ctor;
}

/* ---- types --------------------------------------------------------------- */

static const struct type *complex_of(struct parser *p, enum type_kind k)
{
    return type_derived(&p->u->types, TY_COMPLEX, type_basic(&p->u->types, k));
}

static const struct type *int_of_mode(struct parser *p, const struct type *ty,
                                      enum type_kind signed_kind)
{
    unsigned k = signed_kind + (type_is_unsigned(ty) ? 1u : 0u);
    return type_basic(&p->u->types, (enum type_kind)k);
}

static const struct type *apply_mode(struct parser *p, const struct type *ty,
                                     unsigned mode)
{
    static const uint8_t ints[] = {
        [MODE_QI] = TY_SCHAR, [MODE_HI] = TY_SHORT,  [MODE_SI] = TY_INT,
        [MODE_DI] = TY_LONG,  [MODE_TI] = TY_INT128, [MODE_WORD] = TY_LONG,
    };
    static const uint8_t floats[] = {
        [MODE_SF] = TY_FLOAT,
        [MODE_DF] = TY_DOUBLE,
        [MODE_XF] = TY_LDOUBLE,
        [MODE_TF] = TY_FLOAT128,
    };
    const struct type *r;
    if (mode <= MODE_WORD)
        r = int_of_mode(p, ty, (enum type_kind)ints[mode]);
    else if (mode <= MODE_TF)
        r = type_basic(&p->u->types, (enum type_kind)floats[mode]);
    else
        r = complex_of(p, (enum type_kind)floats[mode - MODE_SC + MODE_SF]);
    return type_qualified(&p->u->types, r, ty->quals);
}

static const struct type *apply_vector(struct parser *p, const struct type *ty,
                                       int64_t bytes)
{
    const struct type *base = type_unqual(&p->u->types, ty);
    const struct type *v = type_derived(&p->u->types, TY_VECTOR, base);
    int64_t size = type_sizeof(base);
    struct type *c = type_copy(&p->u->types, v);
    c->count = bytes > 0 && size > 0 ? bytes / size : -1;
    return type_qualified(&p->u->types, c, ty->quals);
}

/* The specifiers' type with the attributes that change it; mode only when
 * the declarator adds nothing to it (`direct`). */
const struct type *attrs_apply(struct parser *p, const struct type *ty,
                               const struct attrs *a, bool direct)
{
    if (a->mode && direct && type_is_arith(ty))
        ty = apply_mode(p, ty, a->mode);
    if (a->vector_size && (type_is_arith(ty) || ty->kind == TY_PTR))
        ty = apply_vector(p, ty, a->vector_size);
    return ty;
}
