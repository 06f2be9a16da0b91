/* SPDX-License-Identifier: MIT
 * The program: options, then text in, driver, files out. Messages are
 * collected and written to standard error at the end. */
#define _POSIX_C_SOURCE 200809L
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "gen/opts.h"
#include "gen/outfile.h"
#include "gen/version.h"

struct program {
    struct arena arena;
    size_t stack; /* bytes of it, for what nests; 0 is plenty */
    struct opts o;
    struct buf text, source, deps, header, out, err;
};

static void no_memory(void *ctx)
{
    (void)ctx;
    fputs("awaitc: out of memory\n", stderr);
    exit(DRIVER_INTERNAL);
}

/* A broken invariant has printed its message and called abort. */
static void aborted(int sig)
{
    (void)sig;
    _exit(DRIVER_INTERNAL);
}

static bool want_color(enum opts_color c)
{
    const char *term = getenv("TERM");
    if (c != COLOR_AUTO)
        return c == COLOR_ALWAYS;
    return isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0;
}

static bool read_input(struct program *p)
{
    if (p->o.header && !cpp_read(p->o.input, &p->source, &p->err))
        return false;
    if (p->o.preprocessed)
        return cpp_read(p->o.input, &p->text, &p->err);
    if (p->o.color != COLOR_AUTO)
        VEC_PUSH(&p->arena, &p->o.cpp.args,
                 p->o.color == COLOR_ALWAYS ? "-fdiagnostics-color=always"
                                            : "-fdiagnostics-color=never");
    return cpp_run(&p->arena, &p->o.cpp, &p->text, &p->deps, &p->err);
}

/* What the output's own lines are called: the input's name with a .c,
 * wherever the output goes, so that the same input makes the same bytes. */
static const char *own_name(struct program *p, const char *input)
{
    const char *slash = strrchr(input, '/');
    const char *base = slash ? slash + 1 : input;
    const char *dot = strrchr(base, '.');
    size_t n = dot && dot > base ? (size_t)(dot - base) : strlen(base);

    return arena_printf(&p->arena, "%.*s.c", (int)n, base);
}

static enum driver_status translate(struct program *p)
{
    bool in = strcmp(p->o.input, "-") == 0;
    struct driver_options d = {
        .name = in ? "<stdin>" : p->o.input,
        .output = in ? "stdin.c" : own_name(p, p->o.input),
        .dump = p->o.dump,
        .no_line = p->o.no_line,
        .poison = p->o.poison,
        .no_heap = p->o.no_heap,
        .frame_limit = p->o.frame_limit,
        .stack = p->stack,
        .color = want_color(p->o.color),
        .json = p->o.json,
        .switches = &p->o.warn,
        .unknown = p->o.unknown.v,
        .nunknown = p->o.unknown.n,
        .prefix_maps = p->o.prefix_maps.v,
        .nprefix_maps = p->o.prefix_maps.n,
        .header = p->o.header,
        .source = {p->source.p ? p->source.p : "", p->source.n},
        .header_out = &p->header,
    };
    struct str text = {p->text.p ? p->text.p : "", p->text.n};
    return driver_compile(text, &d, &p->out, &p->err);
}

/* The output first: without it the depfile has nothing to speak of. */
static bool write_files(struct program *p)
{
    return (!p->o.header ||
            outfile_write(p->o.header, &p->header, OUTFILE_OURS, &p->err)) &&
           outfile_write(p->o.output, &p->out, OUTFILE_OURS, &p->err) &&
           (!p->o.depfile ||
            outfile_write(p->o.depfile, &p->deps, OUTFILE_ANY, &p->err));
}

static void clear(struct program *p)
{
    buf_free(&p->text);
    buf_free(&p->source);
    buf_free(&p->deps);
    buf_free(&p->header);
    buf_free(&p->out);
}

static enum driver_status compile_one(struct program *p)
{
    if (!read_input(p))
        return DRIVER_ERRORS;
    if (p->text.oom || p->deps.oom || p->source.oom)
        no_memory(NULL);
    enum driver_status s = translate(p);
    if (s == DRIVER_OK && !write_files(p))
        s = DRIVER_ERRORS;
    return s;
}

/* Each input by itself; the worst outcome counts. */
static enum driver_status compile(struct program *p)
{
    enum driver_status worst = DRIVER_OK;

    for (uint32_t i = 0; i < p->o.inputs.n; i++) {
        if (!opts_select(&p->o, i))
            return DRIVER_MISUSE;
        enum driver_status s = compile_one(p);
        worst = s > worst ? s : worst;
        p->o.unknown.n = 0; /* they have been said */
        clear(p);
    }
    return worst;
}

static enum driver_status print(struct program *p)
{
    return outfile_write("-", &p->out, OUTFILE_ANY, &p->err) ? DRIVER_OK
                                                             : DRIVER_ERRORS;
}

static enum driver_status act(struct program *p, enum opts_action action)
{
    switch (action) {
    case OPTS_COMPILE: return compile(p);
    case OPTS_HELP: opts_help(&p->out); return print(p);
    case OPTS_VERSION:
        buf_puts(&p->out, "awaitc " AWAITC_VERSION "\n");
        return print(p);
    case OPTS_MISUSE: break;
    }
    return DRIVER_MISUSE;
}

/* A stream that whoever started us has closed is one that cannot be used, not
 * the next file that is opened. */
static void hold_standard_streams(void)
{
    for (int fd = 0; fd >= 0 && fd <= STDERR_FILENO;)
        if (fcntl(fd, F_GETFD) != -1)
            fd++;
        else if (open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
            return;
}

/* As much stack as the passes can use, where we are allowed it; returns how
 * much there is, 0 for any amount. */
static size_t raise_stack(void)
{
    enum { WANTED = 8 << 20 };
    struct rlimit r;

    if (getrlimit(RLIMIT_STACK, &r) != 0 || r.rlim_cur == RLIM_INFINITY)
        return 0;
    if (r.rlim_cur < WANTED) {
        rlim_t old = r.rlim_cur;
        r.rlim_cur = r.rlim_max < WANTED ? r.rlim_max : WANTED;
        if (setrlimit(RLIMIT_STACK, &r) != 0)
            return (size_t)old;
    }
    return (size_t)r.rlim_cur;
}

int main(int argc, char **argv)
{
    struct program p = {0};
    hold_standard_streams();
    p.stack = raise_stack();
    signal(SIGABRT, aborted);
    arena_init(&p.arena, no_memory, NULL);
    enum driver_status s =
        act(&p, opts_parse(&p.o, &p.arena, argc, argv, getenv("CC"), &p.err));
    if (p.err.n)
        fwrite(p.err.p, 1, p.err.n, stderr);
    clear(&p);
    buf_free(&p.err);
    arena_free(&p.arena);
    return (int)s;
}
