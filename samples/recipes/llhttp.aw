/* SPDX-License-Identifier: MIT
 * A server that has its requests parsed by llhttp, Node's parser, which comes
 * as C (Debian's node-llhttp has it).
 * flags: -I/usr/share/include/llhttp /usr/share/llhttp/api.c
 * flags: /usr/share/llhttp/http.c /usr/share/llhttp/llhttp.c
 *
 *     llhttp          prints its port; answers each request with what it was;
 *                     SIGTERM ends it */
#include <aw_io.h>
#include <errno.h>
#include <llhttp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

/* --- the adapter --------------------------------------------------------- */

/* Feeds the parser with what the stream has until a request is complete; what
 * is behind that stays in the stream. false: the client has ended. The
 * parser's on_message_complete returns HPE_PAUSED. Error: EPROTO. */
static async bool next_request(aw_stream *s, llhttp_t *parser)
{
    llhttp_errno_t e = HPE_OK;
    while (e == HPE_OK) {
        if (aw_stream_available(s) == 0 && await aw_stream_fill(s) == 0)
            return false;
        char *p = aw_stream_data(s), *end = p + aw_stream_available(s);
        e = llhttp_execute(parser, p, (size_t)(end - p));
        if (e != HPE_OK)
            end = (char *)llhttp_get_error_pos(parser);
        aw_stream_take(s, (size_t)(end - p));
    }
    if (e != HPE_PAUSED)
        throw EPROTO;
    llhttp_resume(parser);
    return true;
}

/* --- a server ------------------------------------------------------------ */

struct request {
    char path[256];
    size_t path_length;
    unsigned long long body; /* bytes */
    unsigned sum;            /* of them */
    bool keep;
};

static int on_begin(llhttp_t *p)
{
    *(struct request *)p->data = (struct request){.keep = false};
    return HPE_OK;
}

static int on_url(llhttp_t *p, const char *at, size_t n)
{
    struct request *r = p->data;
    if (n >= sizeof r->path - r->path_length)
        return HPE_USER;
    memcpy(r->path + r->path_length, at, n);
    r->path_length += n;
    return HPE_OK;
}

static int on_body(llhttp_t *p, const char *at, size_t n)
{
    struct request *r = p->data;
    r->body += n;
    for (size_t i = 0; i < n; i++)
        r->sum += (unsigned char)at[i];
    return HPE_OK;
}

static int on_complete(llhttp_t *p)
{
    ((struct request *)p->data)->keep = llhttp_should_keep_alive(p);
    return HPE_PAUSED;
}

static async void answer(aw_stream *s, const char *status, const char *text,
                         bool keep)
{
    char head[128];
    int n = snprintf(head, sizeof head,
                     "HTTP/1.1 %s\r\nContent-Length: %zu\r\n%s\r\n", status,
                     strlen(text), keep ? "" : "Connection: close\r\n");
    await aw_stream_write(s, head, (size_t)n);
    await aw_stream_write(s, text, strlen(text));
    await aw_stream_drain(s);
}

static async void serve(aw_stream *s, void *settings)
{
    char in[4096], out[1024], text[512];
    llhttp_t parser;
    struct request r;
    aw_stream_init(s, s->fd, in, sizeof in, out, sizeof out);
    llhttp_init(&parser, HTTP_REQUEST, settings);
    parser.data = &r;
    try {
        while (await aw_wait_for_ms(next_request(s, &parser), 10000)) {
            snprintf(text, sizeof text, "%s %s, %llu bytes, sum %u\n",
                     llhttp_method_name((llhttp_method_t)parser.method), r.path,
                     r.body, r.sum);
            await answer(s, "200 OK", text, r.keep);
            if (!r.keep)
                return;
        }
    } catch (EPROTO) {
        snprintf(text, sizeof text, "%s\n",
                 llhttp_errno_name(llhttp_get_errno(&parser)));
        await answer(s, "400 Bad Request", text, false);
    } catch (ETIMEDOUT) {
    }
}

static async void stop_at_signal(aw_server *s)
{
    await aw_signal_wait(SIGTERM);
    aw_server_stop(s);
}

async int main(void)
{
    llhttp_settings_t settings;
    llhttp_settings_init(&settings);
    settings.on_message_begin = on_begin;
    settings.on_url = on_url;
    settings.on_body = on_body;
    settings.on_message_complete = on_complete;
    aw_server s =
        AW_SERVER_INIT(aw_tcp_listen("127.0.0.1", 0, 0), serve, &settings);
    aw_signal_open(SIGTERM);
    defer aw_signal_close(SIGTERM);
    printf("%u\n", aw_local_port(s.fd));
    fflush(stdout);
    await aw_gather(stop_at_signal(&s), aw_serve(&s));
    return 0;
}
