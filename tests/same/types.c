/* SPDX-License-Identifier: MIT
 * The C compiler as the oracle of our types. `types gen` writes C with many
 * declarations and structs; `types check FILE` reads preprocessed C and
 * writes it again, followed by one _Static_assert for each thing that we
 * believe about it: types of all names and members, sizes, alignments,
 * offsets, values of enumerators; `types arith` writes what we believe about
 * arithmetic. types.sh compiles that. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gen/buf.h"
#include "gen/lex.h"
#include "gen/parse.h"

/* ---- gen: declarators ---------------------------------------------------- */

enum {
    MAX_STEPS = 4,
    STRUCTS = 3000,
};

static const char *const specs[] = {
    "int",
    "const char",
    "unsigned long long",
    "volatile short",
    "struct tag",
    "const union un",
    "enum en",
    "alias_t",
    "const alias_t",
    "arr_t",
    "fn_t *",
    "anon_t",
    "_Bool",
    "long double",
    "_Complex float",
    "unsigned __int128",
    "_Atomic int",
    "_Atomic(alias_t)",
    "vec_t",
    "__builtin_va_list",
    "_Float128",
    "signed char",
    "__typeof__(anon_var)",
    "__typeof__(anon_ptr)",
    "__typeof__(((struct tag *)0)->inner)",
    "void *",
    "char *__restrict",
};

/* One step around the declarator so far; each must be valid behind the step
 * taken before it. */
static const struct step {
    const char *before, *after;
    char kind; /* p pointer, a array, f function */
} steps[] = {
    {"*", "", 'p'},
    {"*const", "", 'p'},
    {"*volatile", "", 'p'},
    {"", "[3]", 'a'},
    {"", "[2 * sizeof(int)]", 'a'},
    {"", "(void)", 'f'},
    {"", "()", 'f'},
    {"", "(int, const char *fmt, ...)", 'f'},
    {"", "(int n, double (*cb)(arr_t, fn_t), struct tag *(*)[4])", 'f'},
};

static unsigned counter;

/* C has no functions returning functions or arrays, no arrays of functions. */
static int may_follow(char before, char next)
{
    if (before == 'f')
        return next == 'p';
    return before != 'a' || next != 'f';
}

/* `d` is the declarator so far, name inside; `last` its outermost step. */
static void gen_declarators(const char *d, char last, int depth)
{
    const size_t nspecs = sizeof specs / sizeof *specs;
    const char *spec = specs[counter % nspecs];
    int array = strcmp(spec, "arr_t") == 0;
    int no_array = array || strcmp(spec, "__builtin_va_list") == 0;
    if (!(last == 'f' && no_array)) {
        int used = printf("extern %s ", spec);
        printf(d, counter);
        printf(";%s\n", used < 0 ? "" : "");
    }
    counter++;
    if (depth == MAX_STEPS)
        return;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        char next[512];
        const struct step *s = &steps[i];
        if (!may_follow(last, s->kind) || (depth > 2 && i % 2))
            continue;
        int parens = last == 'p' && s->kind != 'p';
        snprintf(next, sizeof next, parens ? "%s(%s)%s" : "%s%s%s",
                 s->before[0] == '*' && s->before[1] ? "" : s->before, d,
                 s->after);
        if (s->before[0] == '*' && s->before[1])
            snprintf(next, sizeof next, "%s %s", s->before, d);
        gen_declarators(next, s->kind, depth + 1);
    }
}

/* ---- gen: structs -------------------------------------------------------- */

static unsigned pick(unsigned n)
{
    static uint64_t seed = 1;
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % n;
}

static void gen_bitfield(unsigned i)
{
    static const struct {
        const char *type;
        unsigned width;
    } types[] = {
        {"int", 32},           {"unsigned", 32}, {"char", 8},
        {"unsigned long", 64}, {"_Bool", 1},     {"short", 16},
        {"long long", 64},     {"enum en", 32},
    };
    unsigned k = pick(sizeof types / sizeof *types);
    if (pick(8) == 0)
        printf(" %s : %u;", types[k].type, pick(2) * pick(types[k].width));
    else
        printf(" %s b%u : %u;", types[k].type, i, 1 + pick(types[k].width));
}

static void gen_member(unsigned i)
{
    static const char *const types[] = {
        "char",   "short",    "int",      "long double", "double",
        "void *", "vec_t",    "float",    "anon_t",      "aligned_t",
        "_Bool",  "packed_t", "__int128",
    };
    static const char *const tails[] = {
        "",
        "",
        "",
        "[3]",
        "[0]",
        " __attribute__((aligned(8)))",
        " __attribute__((packed))",
        " __attribute__((aligned(2), packed))",
    };
    const char *type = types[pick(sizeof types / sizeof *types)];
    const char *tail = tails[pick(sizeof tails / sizeof *tails)];
    if (strcmp(type, "aligned_t") == 0 && tail[0] == '[')
        tail = ""; /* C has no arrays of over-aligned elements */
    printf(" %s m%u%s;", type, i, tail);
}

static void gen_struct(unsigned n)
{
    static const char *const attrs[] = {
        "",
        "",
        "",
        " __attribute__((packed))",
        " __attribute__((aligned(16)))",
        " __attribute__((packed, aligned(4)))",
    };
    unsigned pack = pick(8) == 0 ? 1u << pick(4) : 0;
    if (pack)
        printf("#pragma pack(push, %u)\n", pack);
    printf("typedef %s {", pick(6) ? "struct" : "union");
    for (unsigned i = 0, count = 1 + pick(7); i < count; i++) {
        if (pick(3) == 0)
            gen_bitfield(i);
        else if (pick(8) == 0)
            printf(" struct { char x%u; int y%u; };", i, i);
        else
            gen_member(i);
    }
    printf(" }%s s%u;\n", attrs[pick(sizeof attrs / sizeof *attrs)], n);
    if (pack)
        printf("#pragma pack(pop)\n");
}

static void gen(void)
{
    puts("typedef struct { int a; } anon_t;\n"
         "struct tag { struct { int x; } inner; struct { long y; } many[3];\n"
         "    union { int u1; struct { char c; } *up; }; };\n"
         "union un { int i; float f; };\n"
         "enum en { EA, EB = 7, EC, ED = -EB, EE = 'x' + sizeof(int),\n"
         "    EF = EB > 3 ? EC << 2 : 1 / 0 };\n"
         "enum big { BA = 1, BB = 0xffffffffffffffff, BC = 1L << 40 };\n"
         "enum __attribute__((packed)) small { SA = -1, SB = 100 };\n"
         "typedef int alias_t;\n"
         "typedef const long arr_t[5];\n"
         "typedef int fn_t(const char *, alias_t);\n"
         "typedef float vec_t __attribute__((vector_size(16)));\n"
         "typedef int aligned_t __attribute__((aligned(32)));\n"
         "typedef struct __attribute__((packed)) { char c; long l; } "
         "packed_t;\n"
         "typedef unsigned mode_t8 __attribute__((mode(QI)));\n"
         "typedef float mode_tdf __attribute__((mode(DF)));\n"
         "struct { int z; } anon_var, *anon_ptr;\n"
         "extern struct { enum { IN } e; } anon_arr[3];\n"
         "int complete[] = { 1, 2, [7] = 8 };\n"
         "int braces[] = { 1, 2, 3 };\n"
         "char text[] = \"five\" \"!\";\n"
         "struct tag tags[] = { { { 1 } }, { { 2 } } };\n"
         "int elided[][2] = { 1, 2, 3 };\n"
         "struct { int a; struct { int b, c; } d; } elided2[] = { 1, 2, 3, 4,"
         "5, 6, [5] = 1, 2, 3, 4 };\n"
         "__auto_type inferred = (const char *)0;\n"
         "__typeof__(inferred[0]) of_expression;\n"
         "extern int folded[(3 + 4) * 2 % 5 == 4 ? 10 : -1];\n"
         "extern int folded2[~0u >> 28];\n"
         "extern int folded3[__builtin_offsetof(struct tag, many) + 1];");
    gen_declarators("v%u", 0, 0);
    for (unsigned i = 0; i < STRUCTS; i++)
        gen_struct(i);
}

/* ---- check --------------------------------------------------------------- */

static void out_of_memory(void *ctx)
{
    (void)ctx;
    fputs("out of memory\n", stderr);
    exit(3);
}

static void say_type(const char *what, const struct type *ty)
{
    struct buf b = {0};
    type_print(&b, ty, "");
    printf("_Static_assert(__builtin_types_compatible_p("
           "__typeof__(%s), %s), \"type\");\n",
           what, b.p);
    buf_free(&b);
}

static void say_layout(const char *name, const struct tag *tag)
{
    char what[512];
    for (uint32_t i = 0; i < tag->members.n; i++) {
        const struct member *m = &tag->members.v[i];
        if (!m->name || m->width)
            continue;
        if (m->offset >= 0)
            printf("_Static_assert(__builtin_offsetof(%s, %s) == %" PRId64
                   ", \"offset\");\n",
                   name, m->name->s, m->offset);
        snprintf(what, sizeof what, "((%s *)0)->%s", name, m->name->s);
        say_type(what, m->type);
    }
}

static void say_size(const struct decl *d)
{
    int64_t size = type_sizeof(d->type), align = type_alignof(d->type);
    if (d->type->kind == TY_FUNC || d->type->kind == TY_VOID || size < 0)
        return;
    printf("_Static_assert(sizeof(%s) == %" PRId64 ", \"size\");\n", d->name->s,
           size);
    if (d->kind == DECL_TYPEDEF)
        printf("_Static_assert(__alignof__(%s) == %" PRId64
               ", \"alignment\");\n",
               d->name->s, align);
}

static void say(const struct decl *d)
{
    if (d->name->decl != d || d->specs.to == 0)
        return;
    if (d->kind != DECL_ENUMCONST) {
        say_type(d->name->s, d->type);
        say_size(d);
        if (d->kind == DECL_TYPEDEF && d->type->tag)
            say_layout(d->name->s, d->type->tag);
    }
}

static void say_constant(const struct decl *d)
{
    say_type(d->name->s, d->type);
    if (d->has_value)
        printf("_Static_assert((unsigned long)%s == %" PRIu64
               "u, \"value\");\n",
               d->name->s, (uint64_t)d->value);
    else
        fprintf(stderr, "unknown value: %s\n", d->name->s);
}

/* Every pair of arithmetic types meets in an addition. */
static void arith(void)
{
    struct unit u;
    unit_init(&u, (struct str){"", 0}, "", out_of_memory, NULL);
    struct types *t = &u.types;
    for (unsigned i = TY_BOOL; i <= TY_FLOAT128; i++) {
        for (unsigned j = TY_BOOL; j <= TY_FLOAT128; j++) {
            const struct type *a = type_basic(t, (enum type_kind)i);
            const struct type *b = type_basic(t, (enum type_kind)j);
            struct buf what = {0};
            buf_puts(&what, "(");
            type_print(&what, a, "");
            buf_puts(&what, ")0 + (");
            type_print(&what, b, "");
            buf_puts(&what, ")0");
            say_type(what.p, type_usual_arith(t, a, b));
            buf_free(&what);
        }
    }
    unit_free(&u);
}

static char *read_file(const char *name, size_t *n)
{
    FILE *f = fopen(name, "rb");
    struct buf b = {0};
    char block[65536];
    if (!f)
        return NULL;
    for (size_t k; (k = fread(block, 1, sizeof block, f)) > 0;)
        buf_put(&b, block, k);
    fclose(f);
    *n = b.n;
    return b.p;
}

/* The text without line markers, so that messages have lines of the copy. */
static void copy(const char *s)
{
    while (*s) {
        size_t n = strcspn(s, "\n");
        if (strncmp(s, "# ", 2) != 0)
            printf("%.*s", (int)n, s);
        putchar('\n');
        s += n + (s[n] == '\n');
    }
}

static int check(const char *name)
{
    struct unit u;
    struct buf messages = {0};
    size_t n = 0;
    char *text = read_file(name, &n);
    if (!text)
        return 2;
    unit_init(&u, (struct str){text, n}, name, out_of_memory, NULL);
    lex(&u);
    parse(&u);
    copy(text);
    for (uint32_t i = 0; i < u.decls.n; i++) {
        if (u.decls.v[i]->kind == DECL_ENUMCONST)
            say_constant(u.decls.v[i]);
        else
            say(u.decls.v[i]);
    }
    diag_print(&u, &messages, false);
    if (messages.n)
        fputs(messages.p, stderr);
    if (u.unread)
        fprintf(stderr, "%u declarations were not read\n", u.unread);
    int status = u.errors || u.unread;
    buf_free(&messages);
    unit_free(&u);
    free(text);
    return status;
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "gen") == 0) {
        gen();
        return 0;
    }
    if (argc == 2 && strcmp(argv[1], "arith") == 0) {
        arith();
        return 0;
    }
    if (argc == 3 && strcmp(argv[1], "check") == 0)
        return check(argv[2]);
    fputs("usage: types gen | types arith | types check FILE\n", stderr);
    return 2;
}
