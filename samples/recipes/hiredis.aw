/* SPDX-License-Identifier: MIT
 * A client of Redis: hiredis knows the protocol, the connection is a stream of
 * ours. pkg: hiredis
 *
 *     hiredis SOCKET    of a Redis that listens there: counts by a hundred
 * tasks at a time, and ends it */
#include <aw_io.h>
#include <errno.h>
#include <hiredis/hiredis.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- the adapter --------------------------------------------------------- */

/* The next answer, which is the caller's to free. Errors: ECONNRESET: none
 * comes any more; EPROTO: it is none. */
static async void *next_answer(aw_stream *s, redisReader *r)
{
    void *answer = NULL;
    while (redisReaderGetReply(r, &answer) == REDIS_OK && !answer) {
        if (await aw_stream_fill(s) == 0)
            throw ECONNRESET;
        redisReaderFeed(r, aw_stream_data(s), aw_stream_available(s));
        aw_stream_take(s, aw_stream_available(s));
    }
    if (!answer)
        throw EPROTO;
    return answer;
}

/* --- commands ------------------------------------------------------------ */

/* Belongs to whoever waits for the answer, and to the link when nobody does any
 * more: a command cannot be taken back. */
struct call {
    struct call *next;
    char *text; /* of the command, as it is sent */
    size_t size;
    redisReply *answer;
    aw_event answered;
    bool sent, left;
};

/* Answers come in the order of the commands. */
struct link {
    aw_stream s;
    aw_lock sending;
    struct call *first, **last;
};

static void free_call(struct call *c)
{
    redisFreeCommand(c->text);
    freeReplyObject(c->answer);
    free(c);
}

static void let_go(struct call *c)
{
    c->left = true;
    if (aw_event_is_set(&c->answered))
        free_call(c);
}

/* The last one of the link; NULL: there is no memory. */
static struct call *add_call(struct link *l, const char *command)
{
    struct call *c = calloc(1, sizeof *c);
    int n = c ? redisFormatCommand(&c->text, command) : -1;
    if (n < 0) {
        free(c);
        return NULL;
    }
    c->size = (size_t)n;
    *l->last = c;
    l->last = &c->next;
    return c;
}

/* The lock is handed over in the order of the calls. */
static async void send_call(struct link *l, struct call *c)
{
    await aw_lock_acquire(&l->sending);
    defer aw_lock_release(&l->sending);
    await aw_stream_write(&l->s, c->text, c->size);
    c->sent = true;
}

/* Hands out answers until there are no more. */
static async void receive(struct link *l)
{
    redisReader *r = redisReaderCreate();
    if (!r)
        throw ENOMEM;
    defer redisReaderFree(r);
    for (;;) {
        redisReply *answer = await next_answer(&l->s, r);
        struct call *c = l->first;
        if (!c || !c->sent) {
            freeReplyObject(answer);
            throw EPROTO;
        }
        l->first = c->next;
        if (!l->first)
            l->last = &l->first;
        c->answer = answer;
        aw_event_set(&c->answered);
        if (c->left)
            free_call(c);
    }
}

/* The number that the command is answered with; *text, if it is not NULL, is
 * the text, NULL or the caller's to free. EINVAL: the answer is an error.
 * Cancelled, it has sent all of the command: others use the link. */
static async long long ask(struct link *l, const char *command, char **text)
{
    struct call *c = add_call(l, command);
    if (!c)
        throw ENOMEM;
    defer let_go(c);
    await aw_shield(send_call(l, c));
    await aw_event_wait(&c->answered);
    if (text)
        *text = c->answer->str ? strdup(c->answer->str) : NULL;
    if (c->answer->type == REDIS_REPLY_ERROR)
        throw EINVAL;
    return c->answer->integer;
}

static void close_link(struct link *l)
{
    for (struct call *c; (c = l->first) != NULL; free_call(c))
        l->first = c->next;
    aw_stream_close(&l->s);
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
    char in[4096];
    struct link l = {.sending = AW_LOCK_INIT, .last = &l.first};
    int fd = await aw_open_unix_connection(argc > 1 ? argv[1] : "redis.sock");
    aw_stream_init(&l.s, fd, in, sizeof in, NULL, 0);
    defer close_link(&l);
    int error = await aw_try(aw_race(receive(&l), use(&l)));
    printf("the server has ended: %s\n", aw_strerror(error));
    return error != ECONNRESET;
}
