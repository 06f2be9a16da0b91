/* SPDX-License-Identifier: 0BSD
 * What the hosted ports have in common besides memory (pool.c): messages to
 * stderr, the start-up of async int main. */
#define _POSIX_C_SOURCE 200809L
#include "impl.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- messages ------------------------------------------------------------ */

const char *aw_strerror(int error)
{
    if (error == 0)
        return "no error";
    if (error == AW_CANCELLED)
        return "cancelled";
    if (error == AW_EOF)
        return "end of the stream";
    if (error == AW_NO_HOST)
        return "no such host";
    return strerror(error);
}

static void print_trail(const aw_error_report *r)
{
    for (size_t i = 0; i < r->trail_length; i++)
        fprintf(stderr, "  %s %s (%s:%u)\n", i ? "awaited in" : "thrown in",
                r->trail[i].function, r->trail[i].file, r->trail[i].line);
}

void awi_port_report(const aw_error_report *r)
{
    fflush(stdout);
    fprintf(stderr, "%s\n", r->message);
    fprintf(stderr, "error %d: %s\n", r->error, aw_strerror(r->error));
    if (r->task)
        fprintf(stderr, "task %s\n", aw_task_name(r->task));
    print_trail(r);
}

void awi_port_panic(const char *message, const char *function, unsigned line)
{
    fflush(stdout);
    fprintf(stderr, "%s (%s, line %u)\n", message, function, line);
    abort();
}

/* --- async int main ------------------------------------------------------ */

/* The loop that SIGINT interrupts. */
static struct aw_loop *volatile foreground;

static void on_interrupt(int signal)
{
    (void)signal;
    struct aw_loop *l = foreground;
    if (l)
        awi_interrupt(l);
}

/* Takes SIGINT over where nobody else has; true when it has to be given
 * back. */
static bool take_interrupts(struct aw_loop *l)
{
    struct sigaction old, now;
    memset(&now, 0, sizeof now);
    now.sa_handler = on_interrupt;
    sigemptyset(&now.sa_mask);
    now.sa_flags = SA_RESTART;
    if (sigaction(SIGINT, NULL, &old) || old.sa_handler != SIG_DFL)
        return false;
    foreground = l;
    return sigaction(SIGINT, &now, NULL) == 0;
}

static void give_interrupts_back(void)
{
    signal(SIGINT, SIG_DFL);
    foreground = NULL;
}

int awi_main(struct awi_child *main)
{
    struct aw_loop l;
    aw_trail_entry trail[AW_TRAIL + 1];
    int error = awi_loop_open(&l, false);
    if (error)
        return awi_main_status(main, error, NULL, 0);
    bool ours = take_interrupts(&l);
    error = awi_loop_main(&l, main);
    size_t n = awi_trail_copy(&l, &main->task, error, trail);
    awi_loop_drain(&l);
    if (ours)
        give_interrupts_back();
    awi_loop_shut(&l);
    return awi_main_status(main, error, trail, n);
}
