/* SPDX-License-Identifier: 0BSD
 * Errors that nobody gets, and the way an error took (rules 3, 4). */
#include "impl.h"

void aw_loop_set_exception_handler(void (*fn)(void *ctx,
                                              const aw_error_report *report),
                                   void *ctx)
{
    if (awi_loop) {
        awi_loop->handler = fn;
        awi_loop->handler_ctx = ctx;
    }
}

void awi_report(struct aw_loop *l, struct aw_task *t, int error,
                const char *message)
{
    if (error == 0 || error == AW_CANCELLED)
        return;
    aw_error_report report = {message, error, t, NULL, 0};
    if (l->handler)
        l->handler(l->handler_ctx, &report);
    else
        awi_port_report(&report);
}

void awi_throw_zero(const struct aw_desc *d, unsigned line)
{
    awi_port_panic("throw 0: no error has this number", d->name, line);
}

void awi_trail(struct aw_task *t, const struct aw_desc *d, unsigned line,
               int error, bool threw)
{
    (void)t;
    (void)d;
    (void)line;
    (void)error;
    (void)threw;
}
