/* SPDX-License-Identifier: MIT
 * Inputs changed as programs, so that most of them still parse: tokens are
 * dropped, doubled, swapped and replaced, statements copied, moved and wrapped
 * in other statements, operands in expressions. One change in eight is
 * libFuzzer's own, on bytes. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max,
                               unsigned seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *a, size_t na, const uint8_t *b,
                                 size_t nb, uint8_t *to, size_t max,
                                 unsigned seed);

enum { MAX_TOKENS = 8192 };

struct tok {
    const char *p;
    size_t n;
};

struct program {
    struct tok v[MAX_TOKENS];
    size_t n;
};

struct range {
    size_t from, to;
};

static size_t pick(unsigned *seed, size_t n)
{
    *seed = *seed * 1103515245u + 12345u;
    return n ? (*seed >> 8) % n : 0;
}

/* ---- tokens ---------------------------------------------------------------
 */

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_' || c == '.';
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static size_t quoted_length(const char *p, size_t n)
{
    size_t i = 1;

    while (i < n && p[i] != p[0] && p[i] != '\n')
        i += p[i] == '\\' && i + 1 < n ? 2 : 1;
    return i < n ? i + 1 : n;
}

static size_t punctuator_length(const char *p, size_t n)
{
    static const char *const long_ones[] = {
        "...", "<<=", ">>=", "->", "++", "--", "<<", ">>", "<=",
        ">=",  "==",  "!=",  "&&", "||", "*=", "/=", "%=", "+=",
        "-=",  "&=",  "^=",  "|=", "##", "[[", "]]"};

    for (size_t i = 0; i < sizeof long_ones / sizeof *long_ones; i++) {
        size_t len = strlen(long_ones[i]);

        if (len <= n && memcmp(p, long_ones[i], len) == 0)
            return len;
    }
    return 1;
}

static size_t token_length(const char *p, size_t n)
{
    size_t i = 0;

    if (*p == '"' || *p == '\'')
        return quoted_length(p, n);
    if (*p == '#') {
        while (i < n && p[i] != '\n')
            i++;
        return i;
    }
    while (i < n && is_word(p[i]))
        i++;
    return i ? i : punctuator_length(p, n);
}

static void add(struct program *p, struct tok t)
{
    if (p->n < MAX_TOKENS)
        p->v[p->n++] = t;
}

static void add_text(struct program *p, const char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        size_t len = is_space(s[i]) ? 0 : token_length(s + i, n - i);

        if (len)
            add(p, (struct tok){s + i, len});
        i += len ? len : 1;
    }
}

static void add_range(struct program *p, const struct program *from,
                      struct range r)
{
    for (size_t i = r.from; i < r.to && i < from->n; i++)
        add(p, from->v[i]);
}

static bool is(struct tok t, const char *s)
{
    return t.n == strlen(s) && memcmp(t.p, s, t.n) == 0;
}

static bool is_one_of(struct tok t, const char *set)
{
    return t.n == 1 && strchr(set, *t.p);
}

/* Tokens with a blank between them, as much as fits. */
static size_t print(const struct program *p, uint8_t *to, size_t max)
{
    size_t n = 0;

    for (size_t i = 0; i < p->n && n + p->v[i].n + 2 < max; i++) {
        if (*p->v[i].p == '#' && n)
            to[n - 1] = '\n';
        memcpy(to + n, p->v[i].p, p->v[i].n);
        n += p->v[i].n;
        to[n++] = *p->v[i].p == '#' || is_one_of(p->v[i], ";{}") ? '\n' : ' ';
    }
    return n;
}

/* ---- statements -----------------------------------------------------------
 */

static bool starts_statement(const struct program *p, size_t i)
{
    return i == 0 || is_one_of(p->v[i - 1], ";{}:");
}

/* Behind the statement or declaration at i: its `;` or its closing brace. */
static size_t statement_end(const struct program *p, size_t i)
{
    int depth = 0;

    for (; i < p->n; i++) {
        if (is_one_of(p->v[i], "({["))
            depth++;
        if (is_one_of(p->v[i], ")}]") && --depth < 0)
            return i;
        if (depth == 0 && is_one_of(p->v[i], ";}"))
            return i + 1;
    }
    return p->n;
}

/* A random place where a statement starts. */
static size_t some_start(const struct program *p, unsigned *seed)
{
    size_t from = pick(seed, p->n);

    for (size_t k = 0; k < p->n; k++)
        if (starts_statement(p, (from + k) % p->n))
            return (from + k) % p->n;
    return 0;
}

static struct range some_statement(const struct program *p, unsigned *seed)
{
    size_t from = some_start(p, seed);

    return (struct range){from, statement_end(p, from)};
}

static const char *const statements[] = {
    "if (x) { @ }",
    "if (await f(1)) @ else { @ }",
    "while (await f(x)) { @ }",
    "do @ while (await f(0));",
    "for (int i = await f(0); i < 3; i += await f(1)) @",
    "switch (await f(1)) { case 0: @ break; case 1 ... 3: @ default: @ }",
    "try { @ } catch (int e) { throw e; } finally { @ }",
    "try { @ } catch (5, 6) { @ } catch (AW_CANCELLED) { }",
    "defer { @ }",
    "{ int x = 1; defer await aw_sleep_ms(x); @ }",
    "{ __attribute__((cleanup(g))) int x = 1; @ }",
    "({ @ 0; });",
    "l1: @ if (0) goto l1;",
    "aw_group (g) { @ }",
    "aw_timeout_ms (5) { @ }",
    "aw_for (int x, numbers(3)) { @ }",
    "{ int v[x]; @ v[0] = await f(1); }",
    "{ int x = 1, *p = &x; @ await f(*p); }",
    "static async int f(int x) { @ return x; }",
    "await aw_gather(({ @ &x; })[0] = f(1), f(2));",
    "yield 1; @",
    "throw 5; @",
    "return await f(1); @",
    "{ typedef struct { int a : 3; } s; s v; @ v.a += await f(1); }",
    "switch (x) while (await f(0)) case 1: @",
};

static const char *const operands[] = {
    "(await f(@))",
    "({ await aw_sleep_ms(0); @; })",
    "({ int x = @; x; })",
    "({ return @; @; })",
    "({ break; @; })",
    "({ throw @; @; })",
    "(@ ? await f(@) : @)",
    "(@ ?: await f(@))",
    "(@ && await f(@))",
    "(await f(@) || @)",
    "(@, await f(@))",
    "(x += await f(@))",
    "(*&(int){ await f(@) })",
    "_Generic(@, int: await f(@), default: @)",
    "((long)@)",
    "a[await f(@)]",
    "(&(struct s){ .m = @ })->m",
    "sizeof(@)",
    "(await aw_try(f(@)))",
    "(await aw_race(f(@), f(@)))",
    "(await aw_wait_for_ms(f(@), @))",
    "(await aw_create_task(f(@)))",
    "(await (@ ? f : f)(@))",
    "__builtin_choose_expr(1, @, @)",
    "x++",
    "(@ = @)",
};

static const char *const words[] = {
    "async",
    "await",
    "try",
    "catch",
    "finally",
    "throw",
    "defer",
    "yield",
    "0",
    "1",
    "-1",
    "x",
    "f",
    "int",
    "char",
    "void",
    "double",
    "struct",
    "union",
    "enum",
    "s",
    "const",
    "*",
    "&",
    "&&",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    ";",
    ",",
    "=",
    "+=",
    "?",
    ":",
    "->",
    ".",
    "static",
    "return",
    "break",
    "goto",
    "case",
    "switch",
    "while",
    "for",
    "default",
    "continue",
    "5.0",
    "\"s\"",
    "'c'",
    "sizeof",
    "typeof",
    "_Atomic",
    "volatile",
    "aw_gather",
    "aw_task(int)",
    "aw_try",
    "aw_race",
    "aw_for",
    "aw_group",
    "async_generator(int)",
    "aw_create_task",
    "aw_run",
    "aw_cancel",
    "aw_shield",
    "aw_caught()",
    "aw_timeout_ms",
    "__label__ l1;",
    "l1:",
    "asm(\"\" : \"+r\"(x));",
    "_Complex",
    "__int128",
    "__auto_type",
    "__attribute__((aligned(16)))",
    "__extension__",
    "unsigned",
    "long",
};

#define PICK(list, seed) ((list)[pick((seed), sizeof(list) / sizeof *(list))])

/* The template with `hole` for every @. */
static void add_template(struct program *to, const char *text,
                         const struct program *p, struct range hole)
{
    for (const char *at; (at = strchr(text, '@')) != NULL; text = at + 1) {
        add_text(to, text, (size_t)(at - text));
        add_range(to, p, hole);
    }
    add_text(to, text, strlen(text));
}

/* ---- changes --------------------------------------------------------------
 */

/* p with `cut` replaced by the template over `hole`. */
static void replace(const struct program *p, struct program *to,
                    struct range cut, const char *text, struct range hole)
{
    to->n = 0;
    add_range(to, p, (struct range){0, cut.from});
    add_template(to, text, p, hole);
    add_range(to, p, (struct range){cut.to, p->n});
}

static bool is_operand(struct tok t)
{
    return is_word(*t.p) && !is(t, "int") && !is(t, "return");
}

static void wrap_operand(const struct program *p, struct program *to,
                         unsigned *seed)
{
    size_t i = pick(seed, p->n);

    for (size_t k = 0; k < p->n && !is_operand(p->v[i]); k++)
        i = (i + 1) % p->n;
    replace(p, to, (struct range){i, i + 1}, PICK(operands, seed),
            (struct range){i, i + 1});
}

static void change_statements(const struct program *p, struct program *to,
                              unsigned *seed)
{
    struct range s = some_statement(p, seed);
    size_t at = some_start(p, seed);

    switch (pick(seed, 4)) {
    case 0: replace(p, to, s, "", s); break;
    case 1: replace(p, to, (struct range){at, at}, "@", s); break;
    case 2: replace(p, to, some_statement(p, seed), "@", s); break;
    default: replace(p, to, s, PICK(statements, seed), s); break;
    }
}

static void change_tokens(const struct program *p, struct program *to,
                          unsigned *seed)
{
    size_t i = pick(seed, p->n);
    struct range few = {i, i + 1 + pick(seed, 4)};
    struct range one = {i, i + 1}, at = {i, i};
    size_t k = pick(seed, p->n);

    switch (pick(seed, 5)) {
    case 0: replace(p, to, few, "", few); break;
    case 1: replace(p, to, at, "@", few); break;
    case 2: replace(p, to, one, "@", (struct range){k, k + 1}); break;
    case 3: replace(p, to, one, PICK(words, seed), one); break;
    default: replace(p, to, at, PICK(words, seed), one); break;
    }
}

static void change(const struct program *p, struct program *to, unsigned *seed)
{
    switch (pick(seed, 5)) {
    case 0:
    case 1: change_statements(p, to, seed); break;
    case 2:
    case 3: wrap_operand(p, to, seed); break;
    default: change_tokens(p, to, seed); break;
    }
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max,
                               unsigned seed)
{
    struct program *p = calloc(2, sizeof *p);
    char *text = malloc(size + 1);
    size_t n = 0;

    seed = seed * 2654435761u + 1;
    if (!p || !text || pick(&seed, 8) == 0) {
        n = LLVMFuzzerMutate(data, size, max);
    } else {
        size_t rounds = 1 + pick(&seed, 4);

        memcpy(text, data, size);
        add_text(p, text, size);
        if (p->n == 0)
            add_text(p, "int x;", 6);
        for (size_t i = 0; i < rounds && p[i & 1].n; i++)
            change(&p[i & 1], &p[(i & 1) ^ 1], &seed);
        n = print(&p[rounds & 1], data, max);
    }
    free(text);
    free(p);
    return n;
}

/* a with a statement of b. */
size_t LLVMFuzzerCustomCrossOver(const uint8_t *a, size_t na, const uint8_t *b,
                                 size_t nb, uint8_t *to, size_t max,
                                 unsigned seed)
{
    struct program *p = calloc(3, sizeof *p);
    size_t n = 0, at;

    if (p) {
        seed = seed * 2654435761u + 1;
        add_text(&p[0], (const char *)a, na);
        add_text(&p[1], (const char *)b, nb);
        at = p[0].n ? some_start(&p[0], &seed) : 0;
        add_range(&p[2], &p[0], (struct range){0, at});
        add_range(&p[2], &p[1], some_statement(&p[1], &seed));
        add_range(&p[2], &p[0], (struct range){at, p[0].n});
        n = print(&p[2], to, max);
    }
    free(p);
    return n;
}
