/* SPDX-License-Identifier: MIT
 * Our loop inside GLib's, which watches our descriptor and has a timer for the
 * tick at which our loop wants its next turn. pkg: glib-2.0
 *
 *   a task, then GLib's timer, then the task again */
#include <aw_io.h>
#include <glib-unix.h>
#include <stdio.h>

/* --- the adapter --------------------------------------------------------- */

/* A turn of our loop, for whatever of GLib's: our timer, our descriptor, or a
 * callback that has woken tasks. */
static gboolean turn(gpointer timer)
{
    guint *id = timer;
    gint64 left = aw_loop_run_once() - aw_now_ms();
    if (*id)
        g_source_remove(*id);
    *id = left > G_MAXINT ? 0
                          : g_timeout_add(left > 0 ? (guint)left : 0, turn, id);
    return G_SOURCE_REMOVE;
}

static gboolean on_ready(gint fd, GIOCondition events, gpointer timer)
{
    (void)fd, (void)events;
    turn(timer);
    return G_SOURCE_CONTINUE;
}

/* --- a program ----------------------------------------------------------- */

static aw_event rung = AW_EVENT_INIT;

static gboolean ring(gpointer timer)
{
    puts("GLib's timer");
    aw_event_set(&rung);
    return turn(timer);
}

static async void task(GMainLoop *glib)
{
    await aw_sleep_ms(1);
    puts("a task");
    await aw_event_wait(&rung);
    puts("the task again");
    g_main_loop_quit(glib);
}

static async void begin(GMainLoop *glib)
{
    aw_task_release(aw_create_task(task(glib)));
}

int main(void)
{
    GMainLoop *glib = g_main_loop_new(NULL, FALSE);
    guint timer = 0;
    int error = aw_loop_run_until_complete(begin(glib));
    guint watch = g_unix_fd_add(aw_loop_fd(), G_IO_IN, on_ready, &timer);
    turn(&timer);
    g_timeout_add(30, ring, &timer);
    g_main_loop_run(glib);
    g_source_remove(watch);
    if (timer)
        g_source_remove(timer);
    g_main_loop_unref(glib);
    return error || aw_loop_close();
}
