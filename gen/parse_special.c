/* SPDX-License-Identifier: MIT
 * The builtins with a syntax of their own: those that take a type. All
 * others are ordinary calls (sema_builtin.c). */
#include "gen/const.h"
#include "gen/parse_body.h"

struct builtin_parse {
    tokidx from, open;
    struct expr *e;
    VEC(struct expr *) args;
};

static void add_arg(struct parser *p, struct builtin_parse *b, struct expr *e)
{
    VEC_PUSH(p->u->tree, &b->args, e);
    expr_take(b->e, e);
}

/* "(" assignment "," type-name ")" */
static void parse_va_arg(struct parser *p, struct builtin_parse *b)
{
    add_arg(p, b, parse_assign(p));
    parse_expect(p, TK_COMMA);
    b->e->of = parse_type_name(p);
    b->e->type = type_unqual(&p->u->types, b->e->of);
    b->e->effects = b->e->has_call = true;
}

/* name { "." name | "[" expression "]" } ; the offset of where it leads */
static void parse_designator(struct parser *p, struct builtin_parse *b,
                             const struct type *ty)
{
    int64_t offset = 0;
    bool known = true;

    do {
        if (parse_accept(p, TK_LBRACK)) {
            struct expr *i = parse_expr(p);
            add_arg(p, b, i);
            parse_expect(p, TK_RBRACK);
            ty = type_decay(&p->u->types, ty)->base;
            int64_t size = ty ? type_sizeof(ty) : -1;
            known = known && size >= 0 && i->constant;
            offset += known ? i->value * size : 0;
        } else {
            parse_accept(p, TK_DOT);
            parse_accept(p, TK_ARROW);
            struct atom *name = parse_tok(p)->atom;
            parse_expect(p, TK_IDENT);
            const struct member *m = name && ty ? type_member(ty, name) : NULL;
            known = known && m && m->offset >= 0;
            offset += known ? m->offset : 0;
            ty = m ? m->type : NULL;
        }
    } while (ty && (parse_at(p, TK_DOT) || parse_at(p, TK_LBRACK) ||
                    parse_at(p, TK_ARROW)));
    b->e->constant = known;
    b->e->value = known ? offset : 0;
}

/* "(" type-name "," designator ")" */
static void parse_offsetof(struct parser *p, struct builtin_parse *b)
{
    b->e->of = parse_type_name(p);
    b->e->type = type_basic(&p->u->types, TY_ULONG);
    parse_expect(p, TK_COMMA);
    parse_designator(p, b, b->e->of);
}

/* "(" type-name "," type-name ")" */
static void parse_types_compatible(struct parser *p, struct builtin_parse *b)
{
    struct types *t = &p->u->types;

    b->e->of = parse_type_name(p);
    parse_expect(p, TK_COMMA);
    const struct type *other = parse_type_name(p);
    b->e->type = type_basic(t, TY_INT);
    b->e->constant = true;
    b->e->value =
        type_compatible(type_unqual(t, b->e->of), type_unqual(t, other));
}

/* "(" constant "," assignment "," assignment ")" */
static void parse_choose_expr(struct parser *p, struct builtin_parse *b)
{
    struct expr *which = parse_const_expr(p);
    parse_expect(p, TK_COMMA);
    struct expr *yes = parse_assign(p);
    parse_expect(p, TK_COMMA);
    struct expr *no = parse_assign(p);
    struct expr *e = b->e;

    e->chosen = which->value || !which->constant ? yes : no;
    VEC_PUSH(p->u->tree, &b->args, which);
    VEC_PUSH(p->u->tree, &b->args, yes);
    VEC_PUSH(p->u->tree, &b->args, no);
    e->type = e->chosen->type;
    e->lvalue = e->chosen->lvalue;
    e->bitfield = e->chosen->bitfield;
    e->constant = e->chosen->constant;
    e->value = e->chosen->value;
    expr_take(e, e->chosen);
}

/* "(" assignment "," type-name ")" : __builtin_convertvector */
static void parse_convertvector(struct parser *p, struct builtin_parse *b)
{
    add_arg(p, b, parse_assign(p));
    parse_expect(p, TK_COMMA);
    b->e->of = parse_type_name(p);
    b->e->type = type_unqual(&p->u->types, b->e->of);
}

/* "(" ( type-name | expression ) "," attribute ")" : an int that only the C
 * compiler knows */
static void parse_has_attribute(struct parser *p, struct builtin_parse *b)
{
    p->unevaluated++;
    if (parse_is_type_start(p))
        b->e->of = parse_type_name(p);
    else
        VEC_PUSH(p->u->tree, &b->args, parse_assign(p));
    p->unevaluated--;
    b->e->type = type_basic(&p->u->types, TY_INT);
    while (!parse_at(p, TK_RPAREN) && !parse_at(p, TK_EOF)) {
        if (parse_at(p, TK_LPAREN))
            parse_skip_balanced(p);
        else
            parse_advance(p);
    }
}

/* "(" functions... "," arguments... ")" : the type-generic math of glibc's
 * <tgmath.h>; the result is that of the functions for the widest argument */
static void parse_tgmath(struct parser *p, struct builtin_parse *b)
{
    struct types *t = &p->u->types;
    const struct type *ty = type_basic(t, TY_FLOAT), *arg = NULL;

    do {
        struct expr *e = parse_assign(p);
        const struct type *x = expr_value_type(t, e);
        add_arg(p, b, e);
        bool function = x->kind == TY_PTR && x->base->kind == TY_FUNC;
        if (function || !type_is_arith(x))
            continue;
        if (type_is_integer(x))
            x = type_basic(t, TY_DOUBLE);
        arg = arg ? type_usual_arith(t, arg, x) : x;
    } while (parse_accept(p, TK_COMMA));
    b->e->type = arg ? arg : ty;
    b->e->effects = b->e->has_call = true;
}

typedef void builtin_fn(struct parser *p, struct builtin_parse *b);

static builtin_fn *find(const char *name)
{
    static const struct {
        const char *name;
        builtin_fn *fn;
    } table[] = {
        {"va_arg", parse_va_arg},
        {"offsetof", parse_offsetof},
        {"types_compatible_p", parse_types_compatible},
        {"choose_expr", parse_choose_expr},
        {"convertvector", parse_convertvector},
        {"has_attribute", parse_has_attribute},
        {"tgmath", parse_tgmath},
    };
    if (strncmp(name, "__builtin_", 10) != 0)
        return NULL;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (strcmp(table[i].name, name + 10) == 0)
            return table[i].fn;
    }
    return NULL;
}

struct expr *parse_builtin(struct parser *p)
{
    struct builtin_parse b = {.from = p->pos};
    builtin_fn *fn = find(parse_tok(p)->atom->s);

    if (!fn || parse_kind_at(p, 1) != TK_LPAREN)
        return NULL;
    b.e = expr_new(p, EX_BUILTIN, b.from);
    b.e->name = parse_tok(p)->atom;
    parse_advance(p);
    b.open = parse_advance(p);
    fn(p, &b);
    parse_close(p, TK_RPAREN, b.open);
    b.e->args = b.args.v;
    b.e->nargs = b.args.n;
    b.e->at = parse_since(p, b.from);
    return b.e;
}
