/* SPDX-License-Identifier: MIT
 * Attributes of async functions. Most say how code is made, and go to the
 * function that has it, which resumes the frame. Those that tell callers about
 * arguments and result do not hold of that function and are left out with a
 * warning; what would make it one that the runtime cannot call, or call it
 * something else, is an error. */
#include "gen/diag.h"
#include "gen/parse_decl.h"

enum fate {
    FATE_RESUME,  /* any other: of the code */
    FATE_BOTH,    /* of the code and of the descriptor: symbols of the file */
    FATE_INLINE,  /* the same, where the function can be inline at all */
    FATE_DROPPED, /* it holds of each async function, or another says it */
    FATE_IGNORED, /* cannot hold of one: a warning */
    FATE_REFUSED,
};

static const struct {
    const char *name;
    enum fate fate;
} known[] = {
    {"visibility", FATE_BOTH},
    {"used", FATE_BOTH},
    {"retain", FATE_BOTH},
    {"always_inline", FATE_INLINE},
    /* of every async function: nothing is thrown, no result is lost */
    {"warn_unused_result", FATE_DROPPED},
    {"nodiscard", FATE_DROPPED},
    {"maybe_unused", FATE_DROPPED},
    {"nothrow", FATE_DROPPED},
    {"leaf", FATE_DROPPED},
    /* of arguments and result, and when a call may be left out: what the C
     * compiler calls takes a frame */
    {"pure", FATE_IGNORED},
    {"const", FATE_IGNORED},
    {"malloc", FATE_IGNORED},
    {"nonnull", FATE_IGNORED},
    {"returns_nonnull", FATE_IGNORED},
    {"alloc_size", FATE_IGNORED},
    {"alloc_align", FATE_IGNORED},
    {"assume_aligned", FATE_IGNORED},
    {"access", FATE_IGNORED},
    {"fd_arg", FATE_IGNORED},
    {"fd_arg_read", FATE_IGNORED},
    {"fd_arg_write", FATE_IGNORED},
    {"format", FATE_IGNORED},
    {"format_arg", FATE_IGNORED},
    {"sentinel", FATE_IGNORED},
    {"copy", FATE_IGNORED},
    {"gnu_inline", FATE_IGNORED},
    {"warning", FATE_IGNORED},
    {"error", FATE_IGNORED},
    {"deprecated", FATE_IGNORED},
    {"unavailable", FATE_IGNORED},
    /* errors of their own */
    {"noreturn", FATE_DROPPED},
    {"_Noreturn", FATE_DROPPED},
    {"constructor", FATE_DROPPED},
    {"destructor", FATE_DROPPED},
    /* another function in its place, or another way to call it */
    {"alias", FATE_REFUSED},
    {"ifunc", FATE_REFUSED},
    {"weak", FATE_REFUSED},
    {"weakref", FATE_REFUSED},
    {"symver", FATE_REFUSED},
    {"target_clones", FATE_REFUSED},
    {"returns_twice", FATE_REFUSED},
    {"naked", FATE_REFUSED},
    {"interrupt", FATE_REFUSED},
    {"signal", FATE_REFUSED},
    {"cdecl", FATE_REFUSED},
    {"stdcall", FATE_REFUSED},
    {"fastcall", FATE_REFUSED},
    {"thiscall", FATE_REFUSED},
    {"vectorcall", FATE_REFUSED},
    {"regparm", FATE_REFUSED},
    {"sseregparm", FATE_REFUSED},
    {"ms_abi", FATE_REFUSED},
    {"sysv_abi", FATE_REFUSED},
    {"pcs", FATE_REFUSED},
    {"aarch64_vector_pcs", FATE_REFUSED},
};

static enum fate fate_of(struct str name)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_is(name, known[i].name))
            return known[i].fate;
    return FATE_RESUME;
}

/* Whether blanks stand before token t. */
static bool is_apart(const struct parser *p, tokidx t)
{
    struct str before = unit_tok(p->u, t - 1);

    return before.p + before.n != unit_tok(p->u, t).p;
}

/* The tokens, with `more` behind them, on one line. */
static void append(struct parser *p, const char **to, struct span at,
                   const char *more)
{
    const char *text =
        arena_printf(&p->u->arena, "%s__attribute__((", *to ? *to : "");

    for (tokidx t = at.from; t < at.to; t++) {
        struct str s = unit_tok(p->u, t);

        text = arena_printf(&p->u->arena, "%s%s%.*s", text,
                            t > at.from && is_apart(p, t) ? " " : "", (int)s.n,
                            s.p);
    }
    *to = arena_printf(&p->u->arena, "%s)) %s", text, more);
}

/* One attribute, whose tokens are at `at` without the namespace. */
static void take(struct parser *p, struct decl *d, struct span at)
{
    const struct atom *a = p->u->toks.v[at.from].atom;
    enum fate fate = a ? fate_of(parse_attr_name(a)) : FATE_DROPPED;

    if (fate == FATE_BOTH)
        append(p, &d->desc_attrs, at, "");
    if (fate == FATE_BOTH || fate == FATE_RESUME)
        append(p, &d->code_attrs, at, "");
    if (fate == FATE_INLINE && d->storage == ST_STATIC)
        append(p, &d->code_attrs, at, "__inline__ ");
    if (fate == FATE_IGNORED)
        diag(p->u, at, D_ignored_attribute, a->s, d->name->s);
    if (fate == FATE_REFUSED)
        diag(p->u, at, D_async_attribute, d->name->s, a->s);
}

static bool is_scope(enum tok_kind k)
{
    return k == TK_COLON || k == TK_COLONCOLON;
}

/* Those between the brackets, behind a namespace each. */
static void take_list(struct parser *p, struct decl *d, tokidx t, tokidx end)
{
    while (t < end) {
        tokidx to = t;

        while (to < end && p->u->toks.v[to].kind != TK_COMMA)
            to = async_behind(p, to, end);
        for (tokidx i = t; i < to; i++)
            if (is_scope((enum tok_kind)p->u->toks.v[i].kind))
                t = i + 1;
            else if (p->u->toks.v[i].kind == TK_LPAREN)
                break;
        if (t < to)
            take(p, d, (struct span){t, to});
        t = to + 1;
    }
}

static void take_all(struct parser *p, struct decl *d, struct span at)
{
    for (tokidx t = at.from; t < at.to;) {
        enum tok_kind k = (enum tok_kind)p->u->toks.v[t].kind;
        if (k == TK_ASM)
            diag(p->u, (struct span){t, async_behind(p, t + 1, at.to)},
                 D_async_label, d->name->s);
        bool std = k == TK_LBRACK && t + 1 < at.to &&
                   p->u->toks.v[t + 1].kind == TK_LBRACK;
        tokidx open = t + (k == TK_ATTRIBUTE || k == TK_ASM), end;

        end = async_behind(p, open, at.to);
        if (k == TK_ATTRIBUTE || std)
            take_list(p, d, open + 2, end - 2);
        t = end;
    }
}

void async_attributes(struct parser *p, struct decl *d, const struct specs *s,
                      const struct declarator *dr)
{
    take_all(p, d, s->at);
    take_all(p, d, dr->at);
    take_all(p, d, dr->attr_at);
}
