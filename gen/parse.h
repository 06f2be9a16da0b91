/* SPDX-License-Identifier: MIT
 * The parser: recursive descent, one function a production, its grammar
 * above it. parse_unit.c splits the unit into pieces; parse_decl.c, _spec.c,
 * _declarator.c, _tag.c and _attr.c read declarations; parse_stmt.c and
 * parse_expr.c the bodies of functions that need us. */
#ifndef GEN_PARSE_H
#define GEN_PARSE_H

#include "gen/unit.h"

/* Reads the whole unit: fills pieces, funcs, decls and edits. Errors are
 * diagnosed and recovered from at the end of the declaration or statement. */
void parse(struct unit *u);

/* Checks the boundary: pieces tile the tokens; every EX_IDENT of a parsed
 * body is bound, every expression typed; has_await and its like agree with
 * the children. Aborts with a message when not. Only without errors. */
void parse_verify(const struct unit *u);

/* The second half of it, for one function. */
void parse_verify_func(const struct unit *u, const struct func *f);

/* --dump=ast */
void parse_dump(const struct unit *u, struct buf *out);

/* ---- shared by the parse_*.c files ------------------------------------ */

/* The state of one descent. A syntax error is reported once; from then on
 * every token reads as TK_EOF, so that all productions unwind by themselves,
 * until parse_recover finds the end of the statement or declaration. So a
 * production need not look at what its parts returned: they never return
 * NULL where an expression, type or statement is promised, but an EX_ERROR,
 * TY_ERROR, STMT_NULL. */
struct parser {
    struct unit *u;
    tokidx pos;                 /* the token to look at */
    tokidx limit;               /* reads TK_EOF from here on; at most the
                                   index of the last token, TK_EOF */
    struct func *func;          /* the body being read, or NULL */
    struct stmt *loop;          /* innermost target of continue */
    struct stmt *breakable;     /* innermost target of break */
    struct stmt *switch_;       /* innermost target of case */
    uint32_t unevaluated;       /* inside sizeof, typeof, _Generic selector */
    uint32_t nesting;           /* recursion depth, limited */
    uint32_t in_stmt_expr;      /* inside ({ }) or a nested function */
    uint32_t catching;          /* inside the block of a catch clause */
    uint32_t awaits, returns, labels;   /* seen so far; parse_stmt.c */
    bool panic;                 /* an error was reported: silent now */
    tokidx real_limit;          /* limit to go back to after a panic */
    bool unended;               /* and that is before the next function: the
                                   body being read has lost a brace */
    struct params_open *params; /* parse_declarator.c: the list being read */
    bool async_decl;            /* an async declaration is being read */
    uint32_t pack;              /* parse_pack.c: #pragma pack up to ... */
    uint32_t directive;         /* ... this one of src.directives */
    VEC(uint32_t) packs;        /* what push saved */
    uint32_t sorted;            /* so many of the unit's edits are */
};

/* ---- parse_util.c: tokens --------------------------------------------- */

static inline const struct token *parse_tok_at(const struct parser *p,
                                               uint32_t ahead)
{
    tokidx i = p->pos + ahead;
    return &p->u->toks.v[i < p->limit ? i : p->u->toks.n - 1];
}

static inline const struct token *parse_tok(const struct parser *p)
{
    return parse_tok_at(p, 0);
}

static inline enum tok_kind parse_kind(const struct parser *p)
{
    return (enum tok_kind)parse_tok(p)->kind;
}

static inline enum tok_kind parse_kind_at(const struct parser *p,
                                          uint32_t ahead)
{
    return (enum tok_kind)parse_tok_at(p, ahead)->kind;
}

static inline bool parse_at(const struct parser *p, enum tok_kind k)
{
    return parse_kind(p) == k;
}

/* Steps over a token (not over the end); returns its index. */
static inline tokidx parse_advance(struct parser *p)
{
    return p->pos < p->limit ? p->pos++ : p->pos;
}

static inline bool parse_accept(struct parser *p, enum tok_kind k)
{
    if (!parse_at(p, k))
        return false;
    p->pos++;
    return true;
}

/* The tokens from `from` up to the position. */
static inline struct span parse_since(const struct parser *p, tokidx from)
{
    return (struct span){from, p->pos};
}

/* The token to look at, as a place for a message; valid in a panic too. */
struct span parse_here(const struct parser *p);

/* The token is `k`: steps over it. Else `expected 'k' before ...`; a `;`
 * that is missing at the end of a line of a body counts as written. */
bool parse_expect(struct parser *p, enum tok_kind k);

/* Does a function begin here, at the begin of a line in the body of another,
 * that is no nested one? Then that body has lost a brace. */
bool parse_unended(const struct parser *p);

/* The same for a closing bracket, whose opening one is token `open`. */
bool parse_close(struct parser *p, enum tok_kind k, tokidx open);

/* `expected WHAT before TOKEN`, once; then panic. */
void parse_error(struct parser *p, const char *what);

/* Panic after an error that the caller has reported itself, or silently
 * after one: reads TK_EOF until parse_recover. */
void parse_panic(struct parser *p);

/* After a panic (else does nothing): goes on behind the `;` or the brace
 * group that ends the statement or declaration begun at token `from`, or
 * before the closing bracket or the limit that encloses it. */
void parse_recover(struct parser *p, tokidx from);

/* At an opening ( [ {: steps behind its partner, iteratively. When there is
 * none, reports it and panics. */
bool parse_skip_balanced(struct parser *p);

/* One level deeper; false (reported, panic) when that is too deep. Every
 * parse_enter has its parse_leave, whatever it returned. */
bool parse_enter(struct parser *p);
void parse_leave(struct parser *p);

/* The n-th link of a chain that is read in a loop but makes a deep tree:
 * too many are reported, panic. */
void parse_chain(struct parser *p, uint32_t n);

/* The token at distance `ahead` is this word of the dialect, by spelling
 * only: plain when nothing visible has that name, or the reserved spelling.
 * Whether a word may stand there is the caller's knowledge. */
bool parse_at_word(const struct parser *p, uint32_t ahead, enum word plain);

/* The token at distance `ahead` is this aw_ form: spelled like it, a `(`
 * behind it, and no variable or typedef of that name is visible. */
bool parse_at_form(const struct parser *p, uint32_t ahead, enum word form);

/* ---- parse_meant.c: names that nobody declared ------------------------- */

/* Reports the name at token `at`, with what may have been meant, or the header
 * that it needs. */
void parse_undeclared(struct parser *p, tokidx at);

/* Nobody declared the name at the position, no name can stand there, and it
 * is like a word or keyword: reports it and makes the token that word, so
 * that all goes on as if it were spelled so. */
bool parse_mend(struct parser *p);

/* At one that is like nothing and heads a block, `name (...) {`: reports it,
 * panic. */
void parse_lost_head(struct parser *p);

/* A name that nobody declared stands where only a type can: another name
 * follows. parse_unknown_type reports it and steps over it. */
bool parse_at_unknown_type(const struct parser *p);
const struct type *parse_unknown_type(struct parser *p);

/* ---- parse_decl.c and its like: declarations --------------------------- */

/* A declaration begins here: a specifier, qualifier, storage class, visible
 * typedef name, __attribute__, [[, _Alignas, __extension__ before one of
 * them, `async` in a word position, aw_task(T) and its like. A typedef name
 * before a `:` counts (_Generic); look for labels first. _Static_assert is
 * not included. */
bool parse_is_type_start(const struct parser *p);

/* The same at a distance, for `( type-name )`. */
bool parse_is_type_start_at(const struct parser *p, uint32_t ahead);

/* type-name = specifier-qualifier-list [ abstract-declarator ] */
const struct type *parse_type_name(struct parser *p);

/* A declaration in a block, with its `;` (or, for a nested function
 * definition, its body: STMT_FUNC). Names are bound as C says, before their
 * initialiser, and added to p->func->locals. */
struct stmt *parse_declaration(struct parser *p);

/* _Static_assert ( constant-expression [ , string ] ) ;  STMT_STATIC_ASSERT */
struct stmt *parse_static_assert(struct parser *p);

/* specifiers declarator, without initialiser or `;`: catch (int e),
 * aw_for (T x, ...). Bound and added to the locals like any other. */
struct decl *parse_single_decl(struct parser *p);

/* Binds d in the innermost scope and adds it to p->func->locals: names that
 * statements make themselves (aw_group). */
void parse_bind_local(struct parser *p, struct decl *d);

/* Zero or more __attribute__((...)), [[...]], asm("..."): skipped; the ones
 * with a meaning are for declarations. For labels, statements, enumerators */
struct span parse_skip_attributes(struct parser *p);

/* asm qualifiers ( ... ) at file scope; the `;` as well. */
void parse_file_asm(struct parser *p);

/* A declaration for a name that nobody declared: an implicit function or
 * __builtin_xxx, bound at file scope; for expressions. */
struct decl *parse_implicit_func(struct parser *p, struct atom *name,
                                 struct span at);

/* ---- parse_expr.c, parse_stmt.c ---------------------------------------- */

/* expression, with commas. Typed, never NULL. */
struct expr *parse_expr(struct parser *p);

/* assignment-expression */
struct expr *parse_assign(struct parser *p);

/* constant-expression, a conditional-expression; whether it is constant is
 * in the node. */
struct expr *parse_const_expr(struct parser *p);

/* An expression by `rule` that lives as long as the unit, as the types and
 * tags do that it is part of. */
struct expr *parse_lasting(struct parser *p,
                           struct expr *(*rule)(struct parser *p));

/* assignment-expression or braced list, for an object of type `target`. For
 * an array of unknown size the node's type is the completed one. */
struct expr *parse_initializer(struct parser *p, const struct type *target);

/* compound-statement: opens its own scope. STMT_BLOCK */
struct stmt *parse_block(struct parser *p);

#endif
