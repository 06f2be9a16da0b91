/* SPDX-License-Identifier: MIT
 * Our loop inside GLib's: a source that polls our descriptor until the tick at
 * which our loop wants its next turn. pkg: glib-2.0
 *
 *   a task, then GLib's timer, then the task again */
#include <aw_io.h>
#include <glib.h>
#include <stdio.h>

/* --- the adapter --------------------------------------------------------- */

struct source {
    GSource glib;
    gpointer fd;
    int64_t next; /* tick of the next turn */
};

static gboolean prepare(GSource *glib, gint *ms)
{
    int64_t next = ((struct source *)glib)->next, now = aw_now_ms();
    *ms = next - now > G_MAXINT ? -1 : next < now ? 0 : (gint)(next - now);
    return next <= now;
}

static gboolean check(GSource *glib)
{
    struct source *s = (struct source *)glib;
    return g_source_query_unix_fd(glib, s->fd) || s->next <= aw_now_ms();
}

static gboolean dispatch(GSource *glib, GSourceFunc fn, gpointer data)
{
    (void)fn;
    (void)data;
    ((struct source *)glib)->next = aw_loop_run_once();
    return G_SOURCE_CONTINUE;
}

static GSource *attach(void)
{
    static GSourceFuncs functions = {
        .prepare = prepare, .check = check, .dispatch = dispatch};
    GSource *s = g_source_new(&functions, sizeof(struct source));
    ((struct source *)s)->fd = g_source_add_unix_fd(s, aw_loop_fd(), G_IO_IN);
    g_source_attach(s, NULL);
    return s;
}

/* --- a program ----------------------------------------------------------- */

static aw_event rung = AW_EVENT_INIT;

/* From a callback of GLib, too, an event wakes tasks: the source looks at the
 * clock before it sleeps. */
static gboolean ring(gpointer source)
{
    puts("GLib's timer");
    aw_event_set(&rung);
    ((struct source *)source)->next = 0;
    return G_SOURCE_REMOVE;
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
    int error = aw_loop_run_until_complete(begin(glib));
    GSource *s = attach();
    g_timeout_add(30, ring, s);
    g_main_loop_run(glib);
    g_source_destroy(s);
    g_source_unref(s);
    g_main_loop_unref(glib);
    return error || aw_loop_close();
}
