/* SPDX-License-Identifier: MIT
 * A client of Redis by hiredis. pkg: hiredis
 *
 *     hiredis SOCKET    of a Redis that listens there: counts by a hundred
 * tasks at a time, and ends it */
#include <aw_io.h>
#include <errno.h>
#include <hiredis/async.h>
#include <hiredis/hiredis.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- the adapter --------------------------------------------------------- */

struct link {
    redisAsyncContext *c; /* NULL: closed */
    aw_event more;        /* there is something to be written */
};

/* Both go on until the link is closed. */
static async void reads(struct link *l)
{
    for (; l->c; redisAsyncHandleRead(l->c))
        await aw_fd_wait(l->c->c.fd, AW_READ);
    throw ECONNRESET;
}

static async void writes(struct link *l)
{
    for (; l->c; redisAsyncHandleWrite(l->c)) {
        await aw_event_wait(&l->more);
        await aw_fd_wait(l->c->c.fd, AW_WRITE);
    }
    throw ECONNRESET;
}

static void add_write(void *l)
{
    aw_event_set(&((struct link *)l)->more);
}

static void del_write(void *l)
{
    aw_event_clear(&((struct link *)l)->more);
}

static void closed(void *l)
{
    ((struct link *)l)->c = NULL;
}

/* --- commands ------------------------------------------------------------ */

/* Belongs to whoever waits for the answer, and to hiredis when nobody does any
 * more: a command cannot be taken back. */
struct call {
    aw_event answered;
    bool left;
    int error;
    long long number;
    char *text; /* from malloc */
};

static void on_answer(redisAsyncContext *c, void *answer, void *arg)
{
    const redisReply *r = answer;
    struct call *call = arg;
    (void)c;
    if (call->left) {
        free(call);
        return;
    }
    call->error = !r ? ECONNRESET : r->type == REDIS_REPLY_ERROR ? EINVAL : 0;
    if (r) {
        call->number = r->integer;
        call->text = r->str ? strdup(r->str) : NULL;
    }
    aw_event_set(&call->answered);
}

static void let_go(struct call *call)
{
    if (!aw_event_is_set(&call->answered)) {
        call->left = true;
        return;
    }
    free(call->text);
    free(call);
}

/* The number that the command is answered with; *text, if it is not NULL, is
 * the text, NULL or the caller's to free. EINVAL: the answer is an error. */
static async long long ask(struct link *l, const char *command, char **text)
{
    struct call *call = l->c ? calloc(1, sizeof *call) : NULL;
    if (!call)
        throw l->c ? ENOMEM : ECONNRESET;
    if (redisAsyncCommand(l->c, on_answer, call, command) != REDIS_OK) {
        free(call);
        throw ECONNRESET;
    }
    defer let_go(call);
    await aw_event_wait(&call->answered);
    if (text) {
        *text = call->text;
        call->text = NULL;
    }
    if (call->error)
        throw call->error;
    return call->number;
}

/* --- a program ----------------------------------------------------------- */

static async void count(struct link *l, long long *most)
{
    long long n = await ask(l, "INCR counter", NULL);
    *most = n > *most ? n : *most;
}

static async void say(struct link *l, const char *command)
{
    char *text = NULL;
    defer free(text);
    int error = await aw_try(ask(l, command, &text));
    printf("%s: %s%s\n", command, error ? "error: " : "",
           text ? text : "nothing");
}

static async void use(struct link *l)
{
    long long most = 0;
    await say(l, "SET greeting hello");
    await say(l, "GET greeting");
    await say(l, "GET nothing");
    await say(l, "INCR greeting");
    await ask(l, "DEL counter", NULL);
    aw_group (g) {
        for (int i = 0; i < 100; i++)
            aw_group_spawn(g, count(l, &most));
    }
    printf("counted to %lld\n", most);
    int error = await aw_try(aw_wait_for_ms(ask(l, "BLPOP list 1", NULL), 50));
    printf("an answer that does not come: %s\n", aw_strerror(error));
    await say(l, "GET counter");
    await aw_try(ask(l, "SHUTDOWN NOSAVE", NULL));
}

async int main(int argc, char **argv)
{
    struct link l = {NULL, AW_EVENT_INIT};
    signal(SIGPIPE, SIG_IGN); /* hiredis writes without MSG_NOSIGNAL */
    l.c = redisAsyncConnectUnix(argc > 1 ? argv[1] : "redis.sock");
    if (!l.c || l.c->err)
        return 1;
    l.c->ev.data = &l;
    l.c->ev.addWrite = add_write;
    l.c->ev.delWrite = del_write;
    l.c->ev.cleanup = closed;
    defer
    {
        if (l.c)
            redisAsyncFree(l.c);
    }
    int error = await aw_try(aw_race(reads(&l), writes(&l), use(&l)));
    printf("the server has ended: %s\n", aw_strerror(error));
    return error != ECONNRESET;
}
