/* SPDX-License-Identifier: MIT */
#include "gen/opts.h"

#include <stdlib.h>
#include <string.h>

/* clang-format off */
enum opt_id {
    OPT_O, OPT_H, OPT_PASS, OPT_STD, OPT_MD, OPT_MMD, OPT_MP, OPT_MF, OPT_MT,
    OPT_MQ, OPT_X, OPT_MAP,
    OPT_W, OPT_QUIET, OPT_COLOR, OPT_COLOR_WHEN, OPT_NO_COLOR,
    OPT_FORMAT,
    OPT_CC, OPT_DUMP, OPT_NO_LINE, OPT_NO_HEAP, OPT_FRAME_LIMIT,
    OPT_POISON, OPT_PREPROCESSED, OPT_VERSION, OPT_HELP,
};
/* clang-format on */

enum opt_form {
    FLAG,   /* the word itself */
    VALUE,  /* value attached, as in -std=c11 */
    NEXT,   /* value in the next word */
    EITHER, /* attached or in the next word: -Idir, -I dir */
};

struct opt {
    const char *name;
    enum opt_form form;
    enum opt_id id;
};

/* clang-format off */
static const struct opt table[] = {
    { "-o", EITHER, OPT_O },
    { "-H", EITHER, OPT_H },
    { "-I", EITHER, OPT_PASS },
    { "-D", EITHER, OPT_PASS },
    { "-U", EITHER, OPT_PASS },
    { "-isystem", EITHER, OPT_PASS },
    { "-iquote", EITHER, OPT_PASS },
    { "-idirafter", EITHER, OPT_PASS },
    { "-include", EITHER, OPT_PASS },
    { "-imacros", EITHER, OPT_PASS },
    { "-nostdinc", FLAG, OPT_PASS },
    { "-pthread", FLAG, OPT_PASS },
    { "-std=", VALUE, OPT_STD },
    { "-MD", FLAG, OPT_MD },
    { "-MMD", FLAG, OPT_MMD },
    { "-MP", FLAG, OPT_MP },
    { "-MF", EITHER, OPT_MF },
    { "-MT", EITHER, OPT_MT },
    { "-MQ", EITHER, OPT_MQ },
    { "-x", EITHER, OPT_X },
    { "-ffile-prefix-map=", VALUE, OPT_MAP },
    { "--file-prefix-map=", VALUE, OPT_MAP },
    { "--file-prefix-map", NEXT, OPT_MAP },
    { "-W", VALUE, OPT_W },
    { "-w", FLAG, OPT_QUIET },
    { "-fdiagnostics-color", FLAG, OPT_COLOR },
    { "-fdiagnostics-color=", VALUE, OPT_COLOR_WHEN },
    { "-fno-diagnostics-color", FLAG, OPT_NO_COLOR },
    { "-fdiagnostics-format=", VALUE, OPT_FORMAT },
    { "--cc=", VALUE, OPT_CC },
    { "--cc", NEXT, OPT_CC },
    { "--dump=", VALUE, OPT_DUMP },
    { "--no-line", FLAG, OPT_NO_LINE },
    { "--poison", FLAG, OPT_POISON },
    { "--no-heap", FLAG, OPT_NO_HEAP },
    { "--frame-limit=", VALUE, OPT_FRAME_LIMIT },
    { "--preprocessed", FLAG, OPT_PREPROCESSED },
    { "--version", FLAG, OPT_VERSION },
    { "--help", FLAG, OPT_HELP },
};
/* clang-format on */

static const char help_text[] =
    "Usage: awaitc [options] FILE.aw...\n"
    "Translates C with async and await to plain C.\n"
    "\n"
    "  -o FILE               write FILE (default: the input's name with .c;\n"
    "                        - is standard output)\n"
    "  -H FILE               write the header FILE as well: it publishes the\n"
    "                        frames of the external async functions\n"
    "  -I -iquote -isystem -idirafter -include -imacros -D -U -std= -nostdinc\n"
    "  -pthread\n"
    "                        passed on to the C preprocessor\n"
    "  -MD [-MF FILE] [-MT TARGET] [-MQ TARGET] [-MP]\n"
    "                        write a depfile for make and ninja as well\n"
    "  -MMD                  the same without system headers\n"
    "  --cc=COMMAND          compiler to preprocess with (default: $CC, cc)\n"
    "  --preprocessed        the input has been preprocessed (as has FILE.i)\n"
    "  -x c|cpp-output|none  the inputs are C, or preprocessed, whatever "
    "their\n"
    "                        names\n"
    "  -ffile-prefix-map=OLD=NEW, --file-prefix-map=OLD=NEW\n"
    "                        in the output, names of files begin with NEW\n"
    "                        where they begin with OLD\n"
    "  --no-heap             what takes memory at run time is an error\n"
    "  --frame-limit=N       an async function whose frame has more than N\n"
    "                        bytes does not compile\n"
    "  --no-line             no #line directives in the output\n"
    "  --poison              the output overwrites what is not needed at each\n"
    "                        await: finds faults of awaitc itself\n"
    "  --dump=WHAT           write an inner representation instead of C:\n"
    "                        tokens, ast, norm, cfg, live or frame\n"
    "  -WNAME, -Wno-NAME     show the warning NAME or do not; all are shown\n"
    "                        unless -Wno-all or -w\n"
    "  -Werror[=NAME]        warnings, or this one, are errors; "
    "-Wno-error=NAME\n"
    "                        is not\n"
    "  -fdiagnostics-color[=auto|always|never], -fno-diagnostics-color\n"
    "  -fdiagnostics-format=text|json\n"
    "                        json: for programs, in the shape of gcc's\n"
    "  --version, --help\n"
    "\n"
    "Several inputs are compiled one by one, without -o, -H and -MF.\n"
    "FILE may be - for standard input. Exit status: 0 done, 1 errors in the\n"
    "input or unusable files, 2 wrong usage, 3 internal error.\n";

void opts_help(struct buf *out)
{
    buf_puts(out, help_text);
}

static bool misuse(struct opts *o, const char *before, const char *what,
                   const char *after)
{
    buf_printf(o->err, "awaitc: error: %s'%s'%s\n", before, what, after);
    return false;
}

static bool starts(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

/* The option that arg spells; NULL when none. */
static const struct opt *find(const char *arg)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const struct opt *t = &table[i];
        if (strcmp(arg, t->name) == 0)
            return t;
        if ((t->form == VALUE || t->form == EITHER) && starts(arg, t->name))
            return t;
    }
    return NULL;
}

/* ---- one option --------------------------------------------------------- */

static bool set_dump(struct opts *o, const char *name)
{
    static const char *const names[] = {
#define X(id, text) [DUMP_##id] = text,
        DRIVER_DUMPS(X)
#undef X
    };
    for (size_t i = 1; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0) {
            o->dump = (enum driver_dump)i;
            return true;
        }
    return misuse(o, "nothing to dump is called ", name, "");
}

static bool set_color(struct opts *o, const char *when)
{
    if (strcmp(when, "always") == 0)
        o->color = COLOR_ALWAYS;
    else if (strcmp(when, "never") == 0)
        o->color = COLOR_NEVER;
    else if (strcmp(when, "auto") == 0)
        o->color = COLOR_AUTO;
    else
        return misuse(o, "-fdiagnostics-color=", when,
                      ": it is auto, always or never");
    return true;
}

static bool set_format(struct opts *o, const char *format)
{
    o->json = strcmp(format, "json") == 0;
    return o->json || strcmp(format, "text") == 0 ||
           misuse(o, "-fdiagnostics-format=", format, ": it is text or json");
}

/* What is unknown may be a warning of a later version: no misuse. */
static bool set_warning(struct opts *o, const char *what)
{
    if (!diag_switch(&o->warn, what))
        VEC_PUSH(o->arena, &o->unknown, what);
    return true;
}

static bool set_frame_limit(struct opts *o, const char *bytes)
{
    char *end;
    unsigned long long n = strtoull(bytes, &end, 10);

    if (*end || !strchr("123456789", bytes[0]) || n > UINT32_MAX)
        return misuse(o, "--frame-limit=", bytes, ": it is a number of bytes");
    o->frame_limit = (uint32_t)n;
    return true;
}

static bool set_cc(struct opts *o, const char *name, const char *command)
{
    o->cpp.cc.n = 0;
    if (!cpp_split(o->arena, &o->cpp.cc, command))
        return misuse(o, name, command, ": a quote stays open");
    if (o->cpp.cc.n && *o->cpp.cc.v[0])
        return true;
    return misuse(o, "no command in ", command, "");
}

/* Without --cc: $CC, unless that has nothing but blanks. */
static bool default_cc(struct opts *o, const char *cc)
{
    if (o->cpp.cc.n)
        return true;
    bool blank = !cc || !cc[strspn(cc, " \t\n")];
    return set_cc(o, "CC=", blank ? "cc" : cc);
}

static bool add_target(struct opts *o, const char *flag, const char *name)
{
    VEC_PUSH(o->arena, &o->cpp.dep_targets, flag);
    VEC_PUSH(o->arena, &o->cpp.dep_targets, name);
    return true;
}

static bool set_language(struct opts *o, const char *name)
{
    if (strcmp(name, "c") == 0)
        o->language = LANGUAGE_C;
    else if (strcmp(name, "cpp-output") == 0)
        o->language = LANGUAGE_PREPROCESSED;
    else if (strcmp(name, "none") == 0)
        o->language = LANGUAGE_BY_NAME;
    else
        return misuse(o, "-x ", name, ": it is c, cpp-output or none");
    return true;
}

/* __FILE__ is the preprocessor's to map, all else is ours: its messages and
 * our own name the files that are there. */
static bool add_map(struct opts *o, const char *map)
{
    if (!strchr(map, '='))
        return misuse(o, "no '=' in --file-prefix-map=", map, "");
    const char *arg = arena_printf(o->arena, "-fmacro-prefix-map=%s", map);
    VEC_PUSH(o->arena, &o->cpp.args, arg);
    VEC_PUSH(o->arena, &o->prefix_maps, map);
    return true;
}

/* The preprocessor gets the user's spelling, value attached. */
static bool pass_on(struct opts *o, const char *name, const char *value)
{
    const char *arg = arena_printf(o->arena, "%s%s", name, value);
    VEC_PUSH(o->arena, &o->cpp.args, arg);
    return true;
}

static bool apply(struct opts *o, const struct opt *t, const char *value)
{
    switch (t->id) {
    case OPT_O: o->output = value; return true;
    case OPT_H: o->header = value; return true;
    case OPT_PASS:
    case OPT_STD: return pass_on(o, t->name, value);
    case OPT_MD: o->cpp.deps = true; return true;
    case OPT_MMD: o->cpp.deps = o->cpp.dep_user = true; return true;
    case OPT_MP: o->cpp.dep_phony = true; return true;
    case OPT_MF: o->depfile = value; return true;
    case OPT_MT: return add_target(o, "-MT", value);
    case OPT_MQ: return add_target(o, "-MQ", value);
    case OPT_X: return set_language(o, value);
    case OPT_MAP: return add_map(o, value);
    case OPT_W: return set_warning(o, value);
    case OPT_QUIET: o->warn.quiet = true; return true;
    case OPT_COLOR: return set_color(o, "always");
    case OPT_COLOR_WHEN: return set_color(o, value);
    case OPT_NO_COLOR: return set_color(o, "never");
    case OPT_FORMAT: return set_format(o, value);
    case OPT_CC: return set_cc(o, "--cc=", value);
    case OPT_DUMP: return set_dump(o, value);
    case OPT_NO_LINE: o->no_line = true; return true;
    case OPT_POISON: o->poison = true; return true;
    case OPT_NO_HEAP: o->no_heap = true; return true;
    case OPT_FRAME_LIMIT: return set_frame_limit(o, value);
    case OPT_PREPROCESSED: o->language = LANGUAGE_PREPROCESSED; return true;
    case OPT_VERSION: o->version = true; return true;
    case OPT_HELP: o->help = true; return true;
    }
    return false;
}

/* Reads the option at argv[*i], and its value when that is the next word. */
static bool read_option(struct opts *o, int argc, char **argv, int *i)
{
    const char *arg = argv[*i];
    const struct opt *t = find(arg);
    if (!t)
        return misuse(o, "unknown option ", arg, "; see awaitc --help");
    const char *value = arg + strlen(t->name);
    if (t->form != FLAG && t->form != VALUE && !*value) {
        if (*i + 1 >= argc)
            return misuse(o, "nothing after ", arg, "");
        value = argv[++*i];
    }
    if (t->form != FLAG && !*value)
        return misuse(o, "nothing after ", t->name, "");
    return apply(o, t, value);
}

static bool read_words(struct opts *o, int argc, char **argv)
{
    bool options = true;
    for (int i = 1; i < argc; i++) {
        const char *arg = argv[i];
        if (options && strcmp(arg, "--") == 0)
            options = false;
        else if (options && arg[0] == '-' && arg[1]) {
            if (!read_option(o, argc, argv, &i))
                return false;
        } else {
            VEC_PUSH(o->arena, &o->inputs, arg);
        }
    }
    return true;
}

/* ---- defaults ----------------------------------------------------------- */

/* `path` with the extension of its last part replaced. */
static const char *with_suffix(struct arena *a, const char *path,
                               const char *suffix)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash ? slash + 1 : path;
    const char *dot = strrchr(base, '.');
    size_t n = dot && dot > base ? (size_t)(dot - path) : strlen(path);
    return arena_printf(a, "%.*s%s", (int)n, path, suffix);
}

static bool ends_with(const char *s, const char *end)
{
    size_t n = strlen(s), m = strlen(end);
    return n >= m && strcmp(s + n - m, end) == 0;
}

static bool is_file_of(const struct opts *o, const char *path)
{
    return strcmp(path, o->input) == 0 || strcmp(path, o->output) == 0 ||
           (o->header && strcmp(path, o->header) == 0);
}

static bool finish_deps(struct opts *o)
{
    struct cpp_job *j = &o->cpp;
    if (!j->deps) {
        if (o->depfile || j->dep_phony || j->dep_targets.n)
            return misuse(o, "-MF, -MT and -MP need ", "-MD", "");
        return true;
    }
    if (o->preprocessed)
        return misuse(o, "preprocessed input has nothing for ", "-MD", "");
    if (strcmp(o->output, "-") != 0) {
        if (!o->depfile)
            o->depfile = with_suffix(o->arena, o->output, ".d");
        return !is_file_of(o, o->depfile) ||
               misuse(o, "the depfile would replace ", o->depfile, "");
    }
    return (o->depfile && j->dep_targets.n) ||
           misuse(o, "without an output file -MD needs -MF and ", "-MT", "");
}

/* A header repeats #include lines of the input: these have to be there. */
static bool finish_header(struct opts *o)
{
    if (!o->header)
        return true;
    if (o->dump)
        return misuse(o, "nothing but the dump is written: no ", "-H", "");
    if (o->preprocessed || strcmp(o->input, "-") == 0)
        return misuse(o, "only a file not yet preprocessed has ", "-H", "");
    if (strcmp(o->header, "-") == 0)
        return misuse(o, "a header is a file, not ", "-", "");
    if (strcmp(o->header, o->input) == 0 || strcmp(o->header, o->output) == 0)
        return misuse(o, "-H would replace ", o->header, "");
    return true;
}

/* What the command line names once can be for one input only. */
static bool one_for_all(struct opts *o)
{
    const char *once = o->output    ? "-o"
                       : o->header  ? "-H"
                       : o->depfile ? "-MF"
                                    : NULL;
    if (!o->inputs.n)
        return misuse(o, "no input; see ", "awaitc --help", "");
    if (o->inputs.n == 1 || !once)
        return true;
    return misuse(o, "several inputs, but one ", once, "");
}

bool opts_select(struct opts *o, uint32_t i)
{
    const char *input = o->inputs.v[i];
    bool several = o->inputs.n > 1;

    o->input = input;
    o->preprocessed =
        o->language == LANGUAGE_PREPROCESSED ||
        (o->language == LANGUAGE_BY_NAME && ends_with(input, ".i"));
    if (several)
        o->output = o->depfile = NULL;
    bool to_stdout = o->dump || strcmp(input, "-") == 0;
    if (!o->output)
        o->output = to_stdout ? "-" : with_suffix(o->arena, input, ".c");
    if (strcmp(o->output, "-") != 0 && strcmp(o->output, input) == 0)
        return misuse(o, "output would replace the input ", input, "");
    if (!finish_header(o))
        return false;
    o->cpp.input = input;
    o->cpp.output = o->output;
    o->cpp.header = o->header;
    return finish_deps(o);
}

static bool finish(struct opts *o)
{
    if (!one_for_all(o))
        return false;
    for (uint32_t i = o->inputs.n; i-- > 0;)
        if (!opts_select(o, i))
            return false;
    return true;
}

enum opts_action opts_parse(struct opts *o, struct arena *a, int argc,
                            char **argv, const char *cc, struct buf *err)
{
    *o = (struct opts){.arena = a, .err = err};
    if (!read_words(o, argc, argv))
        return OPTS_MISUSE;
    if (o->help)
        return OPTS_HELP;
    if (o->version)
        return OPTS_VERSION;
    return default_cc(o, cc) && finish(o) ? OPTS_COMPILE : OPTS_MISUSE;
}
