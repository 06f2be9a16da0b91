/* SPDX-License-Identifier: MIT */
#include "tests/unit/rt.h"

const unsigned rt_lines[1];

static char trace[8192];
static size_t length;

void rt_reset(void)
{
    aw_sim_reset(0);
    length = 0;
    trace[0] = '\0';
}

void rt_log(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    length += (size_t)snprintf(trace + length, sizeof trace - length, "%s%lld ",
                               length ? ", " : "", (long long)aw_now_ms());
    length += (size_t)vsnprintf(trace + length, sizeof trace - length, fmt, ap);
    va_end(ap);
    ck_assert_uint_lt(length, sizeof trace);
}

const char *rt_trace(void)
{
    return trace;
}

static int worker_end(struct awf_worker *my, int r)
{
    if (r)
        return r;
    if (my->w.error) {
        rt_log("%s throws", my->w.name);
        return my->w.error;
    }
    rt_log("%s.", my->w.name);
    my->ret = my->w.value;
    return 0;
}

static int worker_cleaned(struct awf_worker *my, int r)
{
    if (r == AW_CANCELLED)
        rt_log("%s!!", my->w.name);
    rt_log("%s~", my->w.name);
    if (my->w.swallow)
        return 0;
    return my->w.late ? my->w.late : AW_CANCELLED;
}

int awfr_worker(struct aw_frame *self_, struct aw_task *t, int r)
{
    BEGIN(worker);
    rt_log("%s+", my->w.name);
    if (my->w.ms >= 0)
        SLEEP(my->w.ms);
    if (r != AW_CANCELLED)
        return worker_end(my, r);
    rt_log("%s!", my->w.name);
    r = 0;
    if (my->w.cleanup)
        SLEEP(my->w.cleanup);
    if (my->w.swallow)
        awi_uncancel(t);
    return worker_cleaned(my, r);
    END;
}

static void store_worker(void *dst, const struct aw_frame *self)
{
    *(int *)dst = ((const struct awf_worker *)self)->ret;
}

const struct aw_desc awfd_worker = {awfr_worker,
                                    store_worker,
                                    "worker",
                                    __FILE__,
                                    rt_lines,
                                    sizeof(struct awf_worker),
                                    sizeof(void *),
                                    1,
                                    0,
                                    NULL,
                                    NULL};

void rt_add(struct awi_gather *g, struct kid *k, struct work w, int *dst)
{
    k->f.w = w;
    awi_gather_add(g, &k->k, &k->f.aw, &awfd_worker, dst);
}

static void store_handle(void *dst, const struct aw_frame *root)
{
    *(int *)dst = *(const int *)awi_frame_result(root, _Alignof(int));
}

void rt_add_task(struct awi_gather *g, struct awi_handle *h, struct aw_task *t,
                 int *dst)
{
    awi_gather_add_task(g, h, t, dst, store_handle);
}

struct aw_task *rt_spawn(struct work w)
{
    struct aw_task *t = awi_task_new(&awfd_worker);
    ck_assert_ptr_nonnull(t);
    ((struct awf_worker *)awi_task_frame(t))->w = w;
    awi_task_start(t);
    return t;
}

struct aw_task *rt_start(const struct aw_desc *d, const struct aw_frame *f)
{
    struct aw_task *t = awi_task_new(d);
    ck_assert_ptr_nonnull(t);
    memcpy(awi_task_frame(t) + 1, f + 1, d->size - sizeof *f);
    awi_task_start(t);
    return t;
}

static void on_lost(void *ctx, const aw_error_report *report)
{
    (void)ctx;
    rt_log("lost %d", report->error);
}

void rt_watch(void)
{
    aw_loop_set_exception_handler(on_lost, NULL);
}

int rt_run(struct awi_child *main, size_t at, const struct aw_desc *d)
{
    awi_child_init(main, (struct aw_frame *)(void *)((char *)main + at), d,
                   NULL);
    return awi_run(main);
}
