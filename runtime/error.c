/* SPDX-License-Identifier: 0BSD
 * Errors: those that nobody gets, the way an error took (rules 3 and 4), and
 * aw_try. */
#include "impl.h"

void aw_loop_set_exception_handler(void (*fn)(void *ctx,
                                              const aw_error_report *report),
                                   void *ctx)
{
    if (awi_here()) {
        awi_here()->handler = fn;
        awi_here()->handler_ctx = ctx;
    }
}

void awi_throw_zero(const struct aw_desc *d, unsigned line)
{
    awi_port_panic("throw 0: no error has this number", d->name, line);
}

/* --- trails -------------------------------------------------------------- */

#if AW_TRAIL > 0

/* The steps of all errors under way stand in one array of the loop, each with
 * the task it belongs to; the oldest go when it is full. A task has one error
 * of a code under way, and those that are put aside. */
static bool is_under_way(const struct awi_step *s, const struct aw_task *t,
                         int error)
{
    return s->task == t && s->error == error && !s->aside;
}

void awi_trail_forget(struct aw_loop *l, const struct aw_task *t, int error)
{
    size_t kept = 0;
    for (size_t i = 0; i < l->steps; i++)
        if (!is_under_way(&l->step[i], t, error))
            l->step[kept++] = l->step[i];
    l->steps = kept;
}

/* Where room is made: the oldest step, but of the error that needs the room
 * the second one, because the throw is worth more. */
static size_t oldest(const struct aw_loop *l, const struct aw_task *t,
                     int error)
{
    const struct awi_step *s = l->step;
    return is_under_way(&s[0], t, error) ? 1 : 0;
}

void awi_trail(struct aw_task *t, const struct aw_desc *d, unsigned line,
               int error, bool threw)
{
    struct aw_loop *l = awi_here();
    if (error == AW_CANCELLED)
        return; /* never reported */
    if (threw)
        awi_trail_forget(l, t, error);
    if (l->steps == AW_TRAIL) {
        l->steps--;
        for (size_t i = oldest(l, t, error); i < l->steps; i++)
            l->step[i] = l->step[i + 1];
    }
    struct awi_step *s = &l->step[l->steps++];
    s->task = t;
    s->aside = NULL;
    s->error = error;
    s->at.function = d->name;
    s->at.file = d->file;
    s->at.line = line;
}

static bool is_aside(const struct awi_step *s, const struct aw_task *t,
                     const struct aw_frame *f, unsigned region)
{
    return s->task == t && s->aside == f && s->region == region;
}

void awi_trail_aside(struct aw_task *t, const struct aw_frame *f,
                     unsigned region, int error)
{
    struct aw_loop *l = awi_here();
    size_t kept = 0;
    for (size_t i = 0; i < l->steps; i++)
        if (!is_aside(&l->step[i], t, f, region))
            l->step[kept++] = l->step[i];
    l->steps = kept;
    for (size_t i = 0; i < kept; i++)
        if (is_under_way(&l->step[i], t, error)) {
            l->step[i].aside = f;
            l->step[i].region = region;
        }
}

void awi_trail_again(struct aw_task *t, const struct aw_frame *f,
                     unsigned region, int error)
{
    struct aw_loop *l = awi_here();
    awi_trail_forget(l, t, error);
    for (size_t i = 0; i < l->steps; i++)
        if (is_aside(&l->step[i], t, f, region) && l->step[i].error == error)
            l->step[i].aside = NULL;
}

/* How many steps it took. */
static size_t length(const struct aw_loop *l, const struct aw_task *t,
                     int error)
{
    size_t n = 0;
    for (size_t i = 0; i < l->steps; i++)
        n += is_under_way(&l->step[i], t, error);
    return n;
}

/* Others who get the error too find its steps as long as there is room. */
void awi_trail_follow(struct aw_loop *l, const struct aw_task *from,
                      struct aw_task *to, int error, bool shared)
{
    awi_trail_forget(l, to, error);
    size_t n = l->steps;
    shared = shared && n + length(l, from, error) <= AW_TRAIL;
    for (size_t i = 0; i < n; i++) {
        if (!is_under_way(&l->step[i], from, error))
            continue;
        size_t at = i;
        if (shared) {
            at = l->steps++;
            l->step[at] = l->step[i];
        }
        l->step[at].task = to;
    }
}

size_t awi_trail_copy(struct aw_loop *l, const struct aw_task *t, int error,
                      aw_trail_entry *out)
{
    size_t n = 0;
    for (size_t i = 0; i < l->steps; i++)
        if (is_under_way(&l->step[i], t, error))
            out[n++] = l->step[i].at;
    return n;
}

#else

void awi_trail(struct aw_task *t, const struct aw_desc *d, unsigned line,
               int error, bool threw)
{
    (void)t;
    (void)d;
    (void)line;
    (void)error;
    (void)threw;
}

void awi_trail_aside(struct aw_task *t, const struct aw_frame *f,
                     unsigned region, int error)
{
    (void)t;
    (void)f;
    (void)region;
    (void)error;
}

void awi_trail_again(struct aw_task *t, const struct aw_frame *f,
                     unsigned region, int error)
{
    awi_trail_aside(t, f, region, error);
}

#endif

int awi_pass(struct aw_task *t, const struct aw_desc *d, unsigned line,
             int error)
{
    awi_trail(t, d, line, error, false);
    return error;
}

/* --- reports ------------------------------------------------------------- */

void awi_report(struct aw_loop *l, struct aw_task *t, int error,
                const char *message)
{
    aw_trail_entry trail[AW_TRAIL + 1];
    if (error == 0 || error == AW_CANCELLED)
        return;
    aw_error_report report = {message, error, t, trail, 0};
    if (t)
        report.trail_length = awi_trail_copy(l, t, error, trail);
    if (l->handler)
        l->handler(l->handler_ctx, &report);
    else
        awi_port_report(&report);
}

int awi_main_status(struct awi_child *main, int error,
                    const aw_trail_entry *trail, size_t n)
{
    aw_error_report report = {"error escaped from main", error, NULL, trail, n};
    if (error == 0)
        return *(const int *)awi_result(&main->task, sizeof(int));
    if (error == AW_CANCELLED)
        return 130;
    awi_port_report(&report);
    return 1;
}

/* --- try ----------------------------------------------------------------- */

void awi_try_init(struct awi_try *y, struct aw_frame *child,
                  const struct aw_desc *d, void *dst)
{
    y->aw.state = 0;
    y->ret = 0;
    y->child = child;
    y->desc = d;
    y->dst = dst;
}

int awi_try(struct aw_frame *self, struct aw_task *t, int outcome)
{
    struct awi_try *y = (struct awi_try *)self;
    if (self->state == 0) {
        outcome = awi_call(self, t, y->child, y->desc);
        if (awi_waits(outcome)) {
            self->state = 1;
            return outcome;
        }
    }
    bool own = outcome == AW_CANCELLED && awi_own(t);
    if (outcome == 0 && y->dst)
        y->desc->store(y->dst, y->child);
    awi_drop(y->child, y->desc);
    if (outcome && !own)
        awi_trail_forget(awi_here(), t, outcome);
    y->ret = outcome;
    return own ? AW_CANCELLED : 0;
}

void awi_try_drop(struct aw_frame *self)
{
    const struct awi_try *y = (struct awi_try *)self;
    if (self->state == 0)
        awi_drop(y->child, y->desc);
}

static void store_try(void *dst, const struct aw_frame *self)
{
    *(int *)dst = ((const struct awi_try *)self)->ret;
}

const struct aw_desc awi_try_desc = {
    .resume = awi_try,
    .store = store_try,
    .name = "aw_try",
    .file = "",
    .size = sizeof(struct awi_try),
    .align = sizeof(void *),
    .drop = awi_try_drop,
};
