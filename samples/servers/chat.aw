/* SPDX-License-Identifier: MIT
 * A chat in lines of text, for nc and the like.
 *
 *     chat [-p PORT] [-l CONNECTIONS] [-t MILLISECONDS]
 *
 * prints the port it listens on. The first line of who comes is a name, and
 * leads to the room "lobby". Then /join ROOM, /nick NAME, /who and /quit; all
 * else is said to the room. Nobody waits for anybody: what a client has yet to
 * read is bounded, and who lets that run full, or takes nothing for -t, has to
 * go. SIGTERM: everybody is told, and it ends. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <aw_io.h>

#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE = 512, NAME = 24, UNREAD = 16384 };

struct client {
    aw_stream *stream;
    struct client *next, **link; /* among all */
    char name[NAME], room[NAME]; /* empty: has not said a name */
    char unread[UNREAD];         /* lines for it, whole ones */
    size_t count;                /* bytes of them */
    aw_event more;               /* there are some, or it leaves */
    bool leaves;                 /* once it has read what there is */
    aw_event gone;               /* it has, or has to: at once */
};

static struct {
    int64_t patience_ms;
    struct client *clients;
} chat = {.patience_ms = 60000};

/* --- saying -------------------------------------------------------------- */

/* A line for c, at once; a queue would make who says it wait for c. */
static void post(struct client *c, const char *line, size_t n)
{
    if (n > UNREAD - c->count) {
        aw_event_set(&c->gone);
        return;
    }
    memcpy(c->unread + c->count, line, n);
    c->count += n;
    aw_event_set(&c->more);
}

/* A line of at most this length, its end included. */
static size_t format_line(char line[2 * LINE], const char *format, va_list list)
{
    int n = vsnprintf(line, 2 * LINE - 1, format, list);
    size_t length = n < 2 * LINE - 1 ? (size_t)n : 2 * LINE - 2;
    line[length] = '\n';
    return length + 1;
}

__attribute__((format(printf, 2, 3))) static void tell(struct client *c,
                                                       const char *format, ...)
{
    char line[2 * LINE];
    va_list list;
    va_start(list, format);
    post(c, line, format_line(line, format, list));
    va_end(list);
}

/* To all who are in the room of c, but for c; NULL: to all. */
__attribute__((format(printf, 2, 3))) static void
tell_others(const struct client *c, const char *format, ...)
{
    char line[2 * LINE];
    va_list list;
    va_start(list, format);
    size_t n = format_line(line, format, list);
    va_end(list);
    for (struct client *other = chat.clients; other; other = other->next)
        if (!c || (other != c && strcmp(other->room, c->room) == 0))
            post(other, line, n);
}

/* --- what a line asks for ------------------------------------------------ */

static bool is_name(const char *text)
{
    size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz"
                            "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
    return n > 0 && n < NAME && !text[n];
}

static void enter_room(struct client *c, const char *room)
{
    strcpy(c->room, room);
    tell_others(c, "* %s comes", c->name);
    tell(c, "* you are in %s", room);
}

static void take_name(struct client *c, const char *name)
{
    bool is_free = true;
    for (struct client *other = chat.clients; other; other = other->next)
        is_free = is_free && strcmp(other->name, name) != 0;
    if (!is_name(name) || !is_free) {
        tell(c, is_free ? "* no name: %s" : "* %s is taken", name);
        return;
    }
    if (c->room[0])
        tell_others(c, "* %s is now %s", c->name, name);
    strcpy(c->name, name);
    if (!c->room[0])
        enter_room(c, "lobby");
}

static void join(struct client *c, const char *room)
{
    if (!is_name(room)) {
        tell(c, "* no room: %s", room);
        return;
    }
    tell_others(c, "* %s goes", c->name);
    enter_room(c, room);
}

static void list_room(struct client *c)
{
    for (struct client *other = chat.clients; other; other = other->next)
        if (strcmp(other->room, c->room) == 0)
            tell(c, "* %s is here", other->name);
}

/* What follows the command, or NULL when it is another one. */
static const char *after(const char *line, const char *command)
{
    size_t n = strlen(command);
    if (strncmp(line, command, n) != 0 || (line[n] && line[n] != ' '))
        return NULL;
    return line + n + strspn(line + n, " ");
}

/* false: has said that it goes. */
static bool obey(struct client *c, const char *line)
{
    const char *rest;
    if (after(line, "/quit"))
        return false;
    if (!c->room[0])
        take_name(c, line);
    else if ((rest = after(line, "/nick")) != NULL)
        take_name(c, rest);
    else if ((rest = after(line, "/join")) != NULL)
        join(c, rest);
    else if (after(line, "/who"))
        list_room(c);
    else if (line[0] == '/')
        tell(c, "* no command: %s", line);
    else if (line[0])
        tell_others(c, "%s: %s", c->name, line);
    return true;
}

/* --- a client ------------------------------------------------------------ */

static void enter(struct client *c)
{
    c->next = chat.clients;
    c->link = &chat.clients;
    if (c->next)
        c->next->link = &c->next;
    chat.clients = c;
}

static void leave(struct client *c)
{
    *c->link = c->next;
    if (c->next)
        c->next->link = c->link;
    if (c->room[0])
        tell_others(c, "* %s goes", c->name);
}

/* Without its end, and nothing in it that a terminal might obey. */
static void clean(char *line, size_t n)
{
    while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r'))
        n--;
    line[n] = '\0';
    for (size_t i = 0; i < n; i++)
        if (iscntrl((unsigned char)line[i]))
            line[i] = ' ';
}

static async void hear(struct client *c)
{
    char line[LINE];
    size_t n;
    defer
    {
        c->leaves = true;
        aw_event_set(&c->more);
    }
    try {
        while ((n = await aw_stream_read_line(c->stream, line, LINE)) > 0) {
            clean(line, n);
            if (!obey(c, line))
                return;
            await aw_sleep_ms(0); /* they read it before the next one */
        }
    } catch (EMSGSIZE) {
        tell(c, "* that line is too long");
    } catch (int error) {
        (void)error; /* an end as any other */
    }
}

static async void deliver(struct client *c)
{
    try {
        while (!c->leaves || c->count > 0) {
            aw_event_clear(&c->more);
            if (c->count == 0)
                await aw_event_wait(&c->more);
            size_t n = c->count; /* others say more meanwhile */
            await aw_wait_for_ms(aw_stream_write(c->stream, c->unread, n),
                                 chat.patience_ms);
            c->count -= n;
            memmove(c->unread, c->unread + n, c->count);
        }
    } catch (int error) {
        (void)error;
        aw_event_set(&c->gone);
    }
}

static async void serve(aw_stream *s, void *ctx)
{
    char in[LINE];
    struct client c = {.stream = s};
    (void)ctx;
    aw_stream_init(s, s->fd, in, sizeof in, NULL, 0);
    enter(&c);
    defer leave(&c);
    tell(&c, "* your name?");
    await aw_try(
        aw_race(aw_gather(hear(&c), deliver(&c)), aw_event_wait(&c.gone)));
}

/* --- all of it ----------------------------------------------------------- */

/* Until SIGTERM; then everybody reads an end, and gets what is left to read. */
static async void serve_all(aw_server *s)
{
    aw_task(void) serving = aw_start_server(s);
    defer aw_task_release(serving);
    await aw_race(aw_shield(serving), aw_signal_wait(SIGTERM));
    aw_server_stop(s);
    tell_others(NULL, "* that was all");
    for (struct client *c = chat.clients; c; c = c->next)
        shutdown(c->stream->fd, SHUT_RD);
    await serving;
}

async int main(int argc, char **argv)
{
    unsigned port = 0;
    aw_server s = AW_SERVER_INIT(-1, serve, NULL);
    for (int c; (c = getopt(argc, argv, "p:l:t:")) != -1;) {
        if (c == 'p')
            port = (unsigned)atoi(optarg);
        else if (c == 'l')
            s.limit = (size_t)atoi(optarg);
        else if (c == 't')
            chat.patience_ms = atoi(optarg);
        else
            return 2;
    }
    s.fd = aw_tcp_listen(NULL, port, 0);
    if (s.fd < 0 || aw_signal_open(SIGTERM)) {
        perror("chat");
        return 1;
    }
    defer aw_signal_close(SIGTERM);
    printf("%u\n", aw_local_port(s.fd));
    fflush(stdout);
    await serve_all(&s);
    return 0;
}
