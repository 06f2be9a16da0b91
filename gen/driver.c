/* SPDX-License-Identifier: MIT */
#include "gen/driver.h"

#include <setjmp.h>
#include <string.h>

#include "gen/coro.h"
#include "gen/diag.h"
#include "gen/lex.h"
#include "gen/lower.h"
#include "gen/parse.h"
#include "gen/publish.h"
#include "gen/sema.h"
#include "gen/unit.h"
#include "gen/version.h"
#include "gen/warn.h"

struct run {
    struct unit u, back;
    const struct driver_options *o;
    struct buf *out;
    jmp_buf oom;
    uint32_t warned;  /* errors that are warnings */
    uint32_t refused; /* errors that norm and what follows it found */
    struct code code; /* the output, as far as it is there */
    struct lower_options lower_options;
    struct lower *lower; /* makes it */
    struct out_options out_options;
    struct printer *printer; /* prints it; NULL: nothing is printed yet */
};

/* The arena's way out: no caller of it checks for NULL. */
static void out_of_memory(void *ctx)
{
    struct run *r = ctx;
    longjmp(r->oom, 1);
}

/* Without the folder: where the user keeps the input is not for the output
 * to tell. No `/` is left that could end the comment. */
static void put_banner(struct buf *out, const char *name)
{
    const char *slash = strrchr(name, '/');
    buf_puts(out, AWAITC_BANNER AWAITC_VERSION " from ");
    for (const char *p = slash ? slash + 1 : name; *p; p++)
        buf_putc(out, *p == '\n' || *p == '\\' ? '?' : *p);
    buf_puts(out, ". SPDX-License-Identifier: 0BSD */\n");
}

/* What generated code needs that preprocessing has taken away: constants
 * that <aw.h> has as macros, and quiet around expanded system headers. */
static const char prelude[] =
    "#ifdef __clang__\n"
    "# pragma clang diagnostic ignored \"-Wredundant-parens\"\n"
    "# define AWF_SYSTEM_BEGIN _Pragma(\"clang diagnostic push\") \\\n"
    "    _Pragma(\"clang diagnostic ignored \\\"-Weverything\\\"\")\n"
    "# define AWF_SYSTEM_END _Pragma(\"clang diagnostic pop\")\n"
    "#else\n"
    "# define AWF_SYSTEM_BEGIN _Pragma(\"GCC diagnostic push\") \\\n"
    "    _Pragma(\"GCC diagnostic ignored \\\"-Wpedantic\\\"\") \\\n"
    "    _Pragma(\"GCC diagnostic ignored \\\"-Wconversion\\\"\") \\\n"
    "    _Pragma(\"GCC diagnostic ignored \\\"-Wsign-conversion\\\"\") \\\n"
    "    _Pragma(\"GCC diagnostic ignored \\\"-Wshadow\\\"\") \\\n"
    "    _Pragma(\"GCC diagnostic ignored \\\"-Wunused-function\\\"\")\n"
    "# define AWF_SYSTEM_END _Pragma(\"GCC diagnostic pop\")\n"
    "#endif\n"
    "AWF_SYSTEM_BEGIN\n"
    "#define AWF_KEEP __attribute__((used))\n"
    "#if defined __has_attribute && (defined __linux__ || defined __clang__)\n"
    "# if defined __ELF__ && __has_attribute(retain)\n"
    "#  undef AWF_KEEP\n"
    "#  define AWF_KEEP __attribute__((used, retain))\n"
    "# endif\n"
    "#endif\n"
    "#ifndef AWF_TLS\n"
    "# if !defined __PIC__ || defined __PIE__\n"
    "#  define AWF_TLS \"local-exec\"\n"
    "# else\n"
    "#  define AWF_TLS \"global-dynamic\"\n"
    "# endif\n"
    "#endif\n"
    "#define AWF_PENDING (-__INT_MAX__ - 1)\n"
    "#define AWF_LINKED (-__INT_MAX__)\n"
    "#define AWF_YIELDED (1 - __INT_MAX__)\n"
    "#define AWF_CLOSED (2 - __INT_MAX__)\n"
    "#define AWF_WAITS(r) ((r) <= AWF_LINKED)\n"
    "#define AWF_CANCELLED (-4096)\n"
    "#define AWF_NO_MEMORY 12 /* ENOMEM */\n"
    "#ifdef NDEBUG\n"
    "# define AWF_PASS(f, line) awf_r\n"
    "# define AWF_THROWN(f, line, error) ((void)0)\n"
    "# define AWF_ASIDE(region, error) ((void)0)\n"
    "# define AWF_AGAIN(region, error) ((void)0)\n"
    "#else\n"
    "# define AWF_PASS(f, line) awi_pass(awf_t, &awfd_##f, line, awf_r)\n"
    "# define AWF_THROWN(f, line, error) \\\n"
    "    awi_trail(awf_t, &awfd_##f, line, error, 1)\n"
    "# define AWF_ASIDE(region, error) \\\n"
    "    ((error) ? awi_trail_aside(awf_t, awf_h, region, error) : (void)0)\n"
    "# define AWF_AGAIN(region, error) \\\n"
    "    awi_trail_again(awf_t, awf_h, region, error)\n"
    "#endif\n"
    "#define AWF_UP(frame, child) \\\n"
    "    ((awi_up)(__builtin_offsetof(frame, child) / \\\n"
    "              (sizeof(awi_up) == 2 ? 4u : 1u)))\n"
    "AWF_SYSTEM_END\n";

/* Where the output differs first, by a piece or by an edit in one that passes;
 * NULL: a unit of which nothing is rewritten comes out as it went in. */
static const struct span *first_rewritten(const struct unit *u)
{
    for (uint32_t i = 0; i < u->pieces.n; i++)
        if (u->pieces.v[i].kind != PIECE_PASS)
            return &u->pieces.v[i].at;
    return u->edits.n ? &u->edits.v[0].at : NULL;
}

/* True when the run ends here because `d` was asked for. */
static bool dumped(struct run *r, enum driver_dump d,
                   void (*dump)(const struct unit *, struct buf *))
{
    if (r->o->dump != d)
        return false;
    if (r->u.errors == 0)
        dump(&r->u, r->out);
    return true;
}

/* The dumps of one async function after the other; true when asked for. */
static bool dumped_funcs(struct run *r)
{
    if (r->o->dump == DUMP_NONE)
        return false;
    struct program *p = lower_prepare(&r->u);
    for (uint32_t i = 0; i < p->of.n && r->u.errors == 0; i++) {
        const struct compiled *c = p->of.v[i];
        if (!c->norm)
            continue;
        switch (r->o->dump) {
        case DUMP_NORM: norm_dump(&r->u, c->norm, r->out); break;
        case DUMP_CFG: cfg_dump(c->cfg, r->out); break;
        case DUMP_LIVE: live_dump(c->live, r->out); break;
        case DUMP_FRAME: frame_dump(&r->u, c->frame, r->out); break;
        default: break;
        }
    }
    return true;
}

/* Prints what has been lowered; before the first of it, what the output begins
 * with. */
static void flush(void *ctx)
{
    struct run *r = ctx;
    bool rewritten = first_rewritten(&r->u) != NULL;

    if (!r->printer) {
        put_banner(r->out, r->o->name);
        if (rewritten)
            buf_puts(r->out, prelude);
        r->out_options.quiet_system = rewritten;
        r->printer = out_begin(&r->u, &r->out_options, r->out);
    }
    out_more(r->printer, &r->code);
}

/* Nothing is wrong with what has been read. */
static bool is_sound(const struct run *r)
{
    return r->u.errors == r->warned + r->refused;
}

static void lower_ahead(struct run *r)
{
    uint32_t errors = r->u.errors;

    if (r->o->dump == DUMP_NONE && coro_known(&r->u) &&
        lower_is_ready(r->lower))
        lower_pieces(r->lower);
    r->refused += r->u.errors - errors;
}

/* The passes over one function, as soon as it has been read: so its tree is
 * gone before the next one's is made, unless it calls what comes later. */
static void body_read(void *ctx, struct func *f)
{
    struct run *r = ctx;
    struct unit *u = &r->u;

    sema_func(u, f);
    if (!is_sound(r))
        return;
    warn_func(u, f);
    r->warned = u->errors - r->refused;
    if (r->warned)
        return;
    parse_verify_func(u, f);
    lower_ahead(r);
}

static void begin(struct run *r)
{
    const struct driver_options *o = r->o;

    code_init(&r->code, &r->u.arena);
    r->out_options = (struct out_options){o->output, o->no_line, false};
    r->lower_options =
        (struct lower_options){o->poison, o->no_heap, o->frame_limit, flush, r};
    r->lower = lower_begin(lower_program(&r->u), &r->code, &r->lower_options);
    r->u.stack = o->stack;
    r->u.body_read = body_read;
    r->u.body_ctx = r;
}

/* The rest of the code, what other files see, the end of the output. */
static void finish(struct run *r)
{
    struct unit *u = &r->u;
    struct publish_options pub = {r->o->header, r->o->source, r->o->header_out};

    lower_end(r->lower);
    if (u->errors)
        return;
    flush(r);
    if (pub.name)
        put_banner(pub.header, r->o->name);
    publish(u, &r->back, &r->code, &pub);
    if (u->errors)
        return;
    flush(r);
    out_end(r->printer);
}

/* The pipeline: a pass, its check, its dump. Over bodies, body_read. */
static void pipeline(struct run *r)
{
    struct unit *u = &r->u;

    lex(u);
    lex_verify(u);
    if (dumped(r, DUMP_TOKENS, lex_dump))
        return;

    begin(r);
    parse(u);
    if (!is_sound(r))
        diag_drop_warnings(u);
    if (r->warned || !is_sound(r))
        return;
    parse_verify(u);
    if (dumped(r, DUMP_AST, parse_dump) || dumped_funcs(r))
        return;
    sema_end(u);

    const struct span *first = first_rewritten(u);
    if (!first || coro_known(u)) {
        finish(r);
        return;
    }
    lower_prepare(u); /* for what is wrong in bodies */
    struct span word = {first->from, first->from + 1};
    if (u->errors == 0)
        diag(u, word, D_need_header, "async");
}

static void report_unknown(struct run *r)
{
    for (uint32_t i = 0; i < r->o->nunknown; i++)
        diag(&r->u, DIAG_NOWHERE, D_unknown_warning, r->o->unknown[i]);
}

static enum driver_status guarded(struct run *r, struct str text,
                                  struct buf *msgs)
{
    if (setjmp(r->oom))
        return DRIVER_INTERNAL;
    unit_init(&r->u, text, r->o->name, out_of_memory, r);
    r->u.switches = r->o->switches;
    r->u.prefix_maps = r->o->prefix_maps;
    r->u.nprefix_maps = r->o->nprefix_maps;
    report_unknown(r);
    pipeline(r);
    if (r->u.errors)
        r->out->n = 0;
    diag_sort(&r->u);
    if (r->o->json)
        diag_print_json(&r->u, msgs);
    else
        diag_print(&r->u, msgs, r->o->color);
    if (r->out->oom || msgs->oom || (r->o->header && r->o->header_out->oom))
        return DRIVER_INTERNAL;
    return r->u.errors ? DRIVER_ERRORS : DRIVER_OK;
}

enum driver_status driver_compile(struct str text,
                                  const struct driver_options *o,
                                  struct buf *out, struct buf *msgs)
{
    struct run r = {.o = o, .out = out};
    if (text.n >= UINT32_MAX) {
        buf_puts(msgs, "awaitc: error: input of 4 GiB or more\n");
        return DRIVER_ERRORS;
    }
    enum driver_status s = guarded(&r, text, msgs);
    if (s == DRIVER_INTERNAL)
        buf_puts(msgs, "awaitc: out of memory\n");
    unit_free(&r.u);
    unit_free(&r.back);
    return s;
}
