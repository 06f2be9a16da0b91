/* SPDX-License-Identifier: 0BSD
 * aw_trace_to, for hosted ports: a tracer that writes the JSON of Chrome's
 * trace viewer and of Perfetto. Steps and idle time are nested slices of the
 * loop's thread; each task is a slice of its own from its creation to its end,
 * with an instant where it became ready. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#include "impl.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct {
    int fd;
    bool some;     /* an event has been written */
    bool open;     /* inside a step, or idle ... */
    char name[64]; /* ... of this name */
    char text[8192];
    size_t n;
} trace = {.fd = -1};

static void flush(void)
{
    size_t done = 0;
    while (done < trace.n) {
        ssize_t n = write(trace.fd, trace.text + done, trace.n - done);
        if (n < 0 && errno != EINTR)
            break; /* nobody can be told */
        done += n > 0 ? (size_t)n : 0;
    }
    trace.n = 0;
}

/* A name as JSON has it, without what is neither ASCII nor printed; cut where
 * it is long. */
static void quote(char *to, size_t room, const char *name)
{
    char *end = to + room - 2;
    for (; *name && to < end; name++) {
        unsigned char c = (unsigned char)*name;
        if (c == '"' || c == '\\')
            *to++ = '\\';
        *to++ = c < ' ' || c > '~' ? '?' : (char)c;
    }
    *to = '\0';
}

/* `more` is what this kind of event has besides. */
static void put(const char *phase, const char *name, const char *more)
{
    char quoted[128];
    quote(quoted, sizeof quoted, name);
    if (trace.n + 512 > sizeof trace.text)
        flush();
    int n = snprintf(trace.text + trace.n, sizeof trace.text - trace.n,
                     "%s\n{\"ph\":\"%s\",\"name\":\"%s\",\"pid\":1,\"tid\":1,"
                     "\"ts\":%lld%s}",
                     trace.some ? "," : "[", phase, quoted,
                     (long long)awi_port_now_us(), more);
    trace.n += n > 0 ? (size_t)n : 0;
    trace.some = true;
}

static void put_task(const char *phase, const struct aw_task *t,
                     const char *name)
{
    char more[80];
    snprintf(more, sizeof more, ",\"cat\":\"task\",\"id\":\"%p\"",
             (const void *)t);
    put(phase, name, more);
}

static void close_slice(void)
{
    if (trace.open)
        put("E", trace.name, "");
    trace.open = false;
}

/* The step that began the trace has no end of its own. */
static void open_slice(const char *name)
{
    close_slice();
    snprintf(trace.name, sizeof trace.name, "%s", name);
    put("B", trace.name, "");
    trace.open = true;
}

static void finish(void)
{
    close_slice();
    trace.n +=
        (size_t)snprintf(trace.text + trace.n, sizeof trace.text - trace.n,
                         trace.some ? "\n]\n" : "[]\n");
    flush();
    trace.fd = -1;
}

static void on_event(void *ctx, const aw_trace_report *report)
{
    struct aw_task *t = report->task;
    const char *name = t ? aw_task_name(t) : "idle";
    (void)ctx;
    switch (report->event) {
    case AW_TRACE_NEW: put_task("b", t, name); break;
    case AW_TRACE_READY: put_task("n", t, "ready"); break;
    case AW_TRACE_IDLE:
    case AW_TRACE_BEGIN: open_slice(name); break;
    case AW_TRACE_BUSY:
    case AW_TRACE_WAIT: close_slice(); break;
    case AW_TRACE_END:
        close_slice();
        put_task("e", t, name);
        break;
    case AW_TRACE_STOP: finish(); break;
    }
}

void aw_trace_to(int fd)
{
    struct aw_loop *l = awi_here();
    if (trace.fd >= 0)
        finish();
    trace.fd = l ? fd : -1;
    trace.some = trace.open = false;
    aw_loop_set_tracer(trace.fd < 0 ? NULL : on_event, NULL);
    if (!l || fd < 0)
        return;
    for (struct aw_task *t = l->first; t; t = t->m.owner)
        put_task("b", t, aw_task_name(t));
    if (l->running)
        open_slice(aw_task_name(l->running));
}
