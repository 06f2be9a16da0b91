/* SPDX-License-Identifier: MIT */
#include "gen/unit.h"

#include <string.h>

#include "gen/buf.h"

enum { ERROR_LIMIT = 20 };

struct entry {
    const char *spelling;
    uint16_t value;
};

/* Every spelling that an atom knows something about, from token.def. */
static void enter_words(struct atoms *t)
{
    static const struct entry keywords[] = {
#define KEYWORD(name, text) {text, TK_##name},
#define ALIAS(name, text) {text, TK_##name},
#include "grammar/token.def"
    };
    static const struct entry words[] = {
#define WORD(name, text, reserved)                                             \
    {text, WORD_##name}, {reserved, WORD_##name##_ALWAYS},
#define FORM(name, text) {text, FORM_##name},
#include "grammar/token.def"
    };
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        struct str s = str_z(keywords[i].spelling);
        atoms_get(t, s.p, s.n)->kw = keywords[i].value;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct str s = str_z(words[i].spelling);
        atoms_get(t, s.p, s.n)->word = words[i].value;
    }
}

void unit_init(struct unit *u, struct str text, const char *name,
               void (*fail)(void *ctx), void *ctx)
{
    *u = (struct unit){.error_limit = ERROR_LIMIT};
    arena_init(&u->arena, fail, ctx);
    source_init(&u->src, &u->arena, text, name);
    atoms_init(&u->atoms, &u->arena);
    enter_words(&u->atoms);
    types_init(&u->types, &u->arena);
    u->scopes.arena = &u->arena;
    u->tree = &u->arena;
}

struct arena *unit_enter(struct unit *u, struct func *f)
{
    struct arena *outer = u->tree;

    if (!f->has_tree && outer == &u->arena) {
        arena_init(&f->tree, u->arena.fail, u->arena.ctx);
        f->tree.limit = u->arena.limit;
        f->has_tree = true;
        f->older = u->bodies;
        u->bodies = f;
    }
    if (f->has_tree)
        u->tree = &f->tree;
    return outer;
}

void unit_leave(struct unit *u, struct arena *outer)
{
    u->tree = outer;
}

void unit_release(struct unit *u, struct func *f)
{
    (void)u;
    f->body = NULL;
    memset(&f->locals, 0, sizeof f->locals);
    memset(&f->tags, 0, sizeof f->tags);
    memset(&f->tag_uses, 0, sizeof f->tag_uses);
    memset(&f->vla_names, 0, sizeof f->vla_names);
    memset(&f->labels, 0, sizeof f->labels);
    memset(&f->label_scopes, 0, sizeof f->label_scopes);
    memset(&f->label_uses, 0, sizeof f->label_uses);
    memset(&f->idents, 0, sizeof f->idents);
    memset(&f->forms, 0, sizeof f->forms);
    arena_free(&f->tree);
}

void unit_free(struct unit *u)
{
    for (struct func *f = u->bodies; f; f = f->older)
        arena_free(&f->tree);
    arena_free(&u->arena);
    *u = (struct unit){0};
}

struct str unit_tok(const struct unit *u, tokidx t)
{
    struct token k = u->toks.v[t];
    return (struct str){u->src.text.p + k.off, k.len};
}

struct str unit_text(const struct unit *u, struct span at)
{
    if (at.from >= u->toks.n)
        return (struct str){u->src.text.p + u->src.text.n, 0};
    struct str first = unit_tok(u, at.from);
    if (at.to <= at.from)
        return (struct str){first.p, 0};
    struct str last = unit_tok(u, at.to - 1);
    return (struct str){first.p, (size_t)(last.p + last.n - first.p)};
}

/* The last OLD=NEW whose OLD the file begins with; NULL if none. */
static const char *map_of(const struct unit *u, struct str file)
{
    for (uint32_t i = u->nprefix_maps; i-- > 0;) {
        const char *map = u->prefix_maps[i];
        size_t n = strcspn(map, "=");
        if (n <= file.n && memcmp(map, file.p, n) == 0)
            return map;
    }
    return NULL;
}

void unit_quote_file(const struct unit *u, struct str file, struct buf *to)
{
    const char *map = map_of(u, file);
    struct buf name = {0};

    if (!map) {
        buf_quote(to, file.p, file.n);
        return;
    }
    size_t n = strcspn(map, "=");
    buf_puts(&name, map + n + (map[n] == '='));
    buf_put(&name, file.p + n, file.n - n);
    buf_quote(to, name.p ? name.p : "", name.n);
    to->oom |= name.oom;
    buf_free(&name);
}

struct loc unit_loc(const struct unit *u, tokidx t)
{
    return source_loc(&u->src, u->toks.v[t].off);
}
