/* SPDX-License-Identifier: MIT
 * The header of -H. Plain C sees prototypes and the types in them, awaitc
 * also the frames. */
#include "gen/publish.h"

#include "gen/version.h"

static void indent(struct buf *to, int depth)
{
    for (int i = 0; i < depth; i++)
        buf_puts(to, "    ");
}

/* Where the line that begins at s ends: behind `{` or `;`, or at `}`. */
static size_t line_length(const char *s)
{
    size_t n = *s == '}' ? 1 : 0;

    n += strcspn(s + n, "{;}\n");
    return s[n] == '{' || s[n] == ';' ? n + 1 : n;
}

void publish_lines(struct buf *to, const char *text)
{
    int depth = 0;

    for (;;) {
        size_t n;

        text += strspn(text, " \n");
        if (!*text)
            return;
        n = line_length(text);
        depth -= *text == '}';
        indent(to, depth);
        buf_put(to, text, n);
        buf_putc(to, '\n');
        depth += text[n - 1] == '{';
        text += n;
    }
}

static bool is_word(const struct unit *u, tokidx t)
{
    return u->toks.v[t].kind == TK_IDENT || u->toks.v[t].atom;
}

/* `async` as a specifier: a type or declarator goes on behind it. */
static bool is_async(const struct unit *u, tokidx t, tokidx end)
{
    const struct atom *a = u->toks.v[t].atom;

    return a && a->word == WORD_ASYNC && t + 1 < end && is_word(u, t + 1);
}

/* `()`, which is `(void)` for an async function and no prototype in C. */
static bool is_empty_list(const struct unit *u, tokidx t, tokidx end)
{
    return u->toks.v[t].kind == TK_LPAREN && t + 1 < end &&
           u->toks.v[t + 1].kind == TK_RPAREN;
}

static const char *text_of(struct unit *u, struct span at, bool no_params)
{
    VEC(struct edit) edits = {0};

    for (tokidx t = at.from; t < at.to; t++) {
        struct edit e = {.at = {t, t + 1}};

        if (is_async(u, t, at.to)) {
            e.text = "_Async";
        } else if (no_params && is_empty_list(u, t, at.to)) {
            e.text = "(void)";
            e.at.to++;
            no_params = false;
        } else {
            continue;
        }
        VEC_PUSH(&u->arena, &edits, e);
    }
    return code_render(u, at, edits.v, edits.n);
}

const char *publish_text(struct unit *u, struct span at)
{
    return text_of(u, at, false);
}

static void put_prototype(struct unit *u, const struct func *f, struct buf *to)
{
    if (f->decl->type->generator)
        buf_puts(to, "#ifdef __AWAITC__\n");
    buf_printf(to, "%s;\n", text_of(u, f->head, f->nparams == 0));
    if (f->decl->type->generator)
        buf_puts(to, "#endif\n");
}

static void put_frame(const struct published *x, struct buf *to)
{
    const char *n = x->func->decl->name->s;
    struct buf b = {0};

    buf_printf(&b, "struct awf_%s {\n%s};\n", n, x->members);
    buf_putc(to, '\n');
    publish_lines(to, b.p ? b.p : "");
    buf_free(&b);
    buf_printf(to, "int awfr_%s(struct aw_frame *, struct aw_task *, int);\n",
               n);
    buf_printf(to, "extern const struct aw_desc awfd_%s;\n", n);
    buf_printf(to, "enum { awfh_%s = 0x%08x };\n", n, x->hash);
}

static void put_body(struct unit *u, const struct publisheds *of,
                     struct str source, struct buf *to)
{
    buf_puts(to, "#include <aw.h>\n");
    publish_needs(u, of, source, to);
    buf_puts(to, "\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n");
    for (uint32_t i = 0; i < of->n; i++)
        put_prototype(u, of->v[i].func, to);
    buf_printf(to,
               "\n#if defined __AWAITC__ && !defined AW_EDITOR\n"
               "#if AW_ABI != %d\n"
               "#error \"another version of awaitc wrote this header\"\n"
               "#endif\n",
               AWAITC_ABI);
    for (uint32_t i = 0; i < of->n; i++)
        put_frame(&of->v[i], to);
    buf_puts(to, "#endif\n\n#ifdef __cplusplus\n}\n#endif\n");
}

/* The guard names the file and, since others may have that name too, what is
 * in it. */
static const char *guard(struct unit *u, const char *name,
                         const struct buf *body)
{
    const char *slash = strrchr(name, '/');
    char *s = arena_printf(&u->arena, "AWF_%s", slash ? slash + 1 : name);
    uint32_t h = 2166136261u;

    for (char *p = s; *p; p++) {
        if (*p >= 'a' && *p <= 'z')
            *p = (char)(*p - 'a' + 'A');
        else if (!(*p >= 'A' && *p <= 'Z') && !(*p >= '0' && *p <= '9'))
            *p = '_';
    }
    for (size_t i = 0; i < body->n; i++)
        h = (h ^ (unsigned char)body->p[i]) * 16777619u;
    return arena_printf(&u->arena, "%s_%08x", s, h);
}

void publish_header(struct unit *u, const struct publisheds *of,
                    const struct publish_options *o)
{
    struct buf body = {0};
    const char *g;

    put_body(u, of, o->source, &body);
    g = guard(u, o->name, &body);
    buf_printf(o->header, "#ifndef %s\n#define %s\n\n", g, g);
    buf_put(o->header, body.p, body.n);
    buf_puts(o->header, "\n#endif\n");
    o->header->oom |= body.oom;
    buf_free(&body);
}
