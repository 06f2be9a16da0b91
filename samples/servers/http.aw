/* SPDX-License-Identifier: MIT
 * An HTTP/1.1 server for the files below a directory: keep-alive, ranges,
 * index.html, limits, deadlines.
 *
 *     http [-p PORT] [-l CONNECTIONS] [-t MILLISECONDS] DIRECTORY
 *
 * prints the port it listens on. SIGTERM: no more connections, those that are
 * there go on; SIGINT: the end at once, cleanly. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <aw_io.h>

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    HEAD = 4096, /* bytes of a request that we take */
    SMALL = 2048 /* a file that goes with its header in one piece */
};

static struct {
    int root;
    int64_t patience_ms; /* for a whole request; for each piece of a file */
} server = {-1, 10000};

struct request {
    char *method, *path;
    bool keep, head;
    bool old; /* HTTP/1.0, where keep has to be said */
    bool range;
    long long from, to; /* -1: not said */
};

/* --- parsing, in place --------------------------------------------------- */

/* Cuts off the text before `end`, and gives it; NULL: there is no end. */
static char *cut(char **rest, const char *end)
{
    char *p = *rest, *e = strstr(p, end);
    if (!e)
        return NULL;
    *e = '\0';
    *rest = e + strlen(end);
    return p;
}

static int hex(char c)
{
    if (!isxdigit((unsigned char)c))
        return -1;
    return isdigit((unsigned char)c) ? c - '0' : (c | 32) - 'a' + 10;
}

/* Decodes %XX; drops the query. false: malformed, or a path out of the root. */
static bool decode(char *path)
{
    char *out = path;
    for (char *p = path; *p && *p != '?'; out++) {
        if (*p != '%') {
            *out = *p++;
            continue;
        }
        int high = hex(p[1]), low = high < 0 ? -1 : hex(p[2]);
        if (low < 0 || high + low == 0)
            return false;
        *out = (char)(high * 16 + low);
        p += 3;
    }
    *out = '\0';
    for (char *p = path; (p = strstr(p, "..")) != NULL; p += 2)
        if (p[-1] == '/' && (p[2] == '/' || !p[2]))
            return false;
    return path[0] == '/';
}

/* A number of digits, -1 when there are none, -2 when it is too large. */
static long long number(char **p)
{
    long long n = isdigit((unsigned char)**p) ? 0 : -1;
    for (; isdigit((unsigned char)**p); ++*p) {
        if (n > 100000000000000000)
            return -2;
        n = n * 10 + (**p - '0');
    }
    return n;
}

/* "bytes=FROM-TO", one of both may be missing; all else is no range. */
static void parse_range(struct request *r, char *value)
{
    if (strncmp(value, "bytes=", 6) != 0)
        return;
    value += 6;
    r->from = number(&value);
    if (*value++ != '-')
        return;
    r->to = number(&value);
    r->range = !*value && r->from >= -1 && r->to >= -1 &&
               (r->from >= 0 || r->to >= 0) && (r->to < 0 || r->from <= r->to);
}

/* 0, or the status to refuse it with. */
static int parse_field(struct request *r, char *line)
{
    char *value = line, *name = cut(&value, ":");
    if (!name || !*name || strpbrk(name, " \t"))
        return 400;
    value += strspn(value, " \t");
    for (char *e = value + strlen(value); e > value && strchr(" \t", e[-1]);)
        *--e = '\0';
    if (strcasecmp(name, "connection") == 0) {
        if (strcasestr(value, "close"))
            r->keep = false;
        else if (strcasestr(value, "keep-alive"))
            r->keep = true;
    }
    if (strcasecmp(name, "range") == 0)
        parse_range(r, value);
    if (strcasecmp(name, "transfer-encoding") == 0 ||
        (strcasecmp(name, "content-length") == 0 && strcmp(value, "0") != 0))
        return 413;
    return 0;
}

/* text: the whole head but for the empty line at its end. */
static int parse(struct request *r, char *text)
{
    char *line, *rest = text;
    *r = (struct request){.from = -1, .to = -1};
    if (!(line = cut(&rest, "\r\n")) || !(r->method = cut(&line, " ")) ||
        !(r->path = cut(&line, " ")))
        return 400;
    if (strcmp(line, "HTTP/1.1") != 0 && strcmp(line, "HTTP/1.0") != 0)
        return 505;
    r->keep = line[7] == '1';
    r->old = !r->keep;
    int status = decode(r->path) ? 0 : 400;
    while (status == 0 && *rest && (line = cut(&rest, "\r\n")))
        status = parse_field(r, line);
    r->head = strcmp(r->method, "HEAD") == 0;
    if (status == 0 && !r->head && strcmp(r->method, "GET") != 0)
        status = 405;
    return status;
}

/* --- answers ------------------------------------------------------------- */

static const char *reason(int status)
{
    switch (status) {
    case 200: return "OK";
    case 206: return "Partial Content";
    case 301: return "Moved Permanently";
    case 400: return "Bad Request";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 413: return "Content Too Large";
    case 416: return "Range Not Satisfiable";
    case 431: return "Request Header Fields Too Large";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return "Internal Server Error";
    }
}

static const char *type_of(const char *path)
{
    static const char *const types[][2] = {
        {".html", "text/html"},     {".css", "text/css"},
        {".txt", "text/plain"},     {".png", "image/png"},
        {".jpg", "image/jpeg"},     {".svg", "image/svg+xml"},
        {".js", "text/javascript"}, {".json", "application/json"},
    };
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot && i < sizeof types / sizeof *types; i++)
        if (strcmp(dot, types[i][0]) == 0)
            return types[i][1];
    return "application/octet-stream";
}

/* The head of an answer; `more` is a further field, or "". */
static async void head(aw_stream *s, const struct request *r, int status,
                       long long length, const char *type, const char *more)
{
    char text[512];
    const char *keep = !r->keep ? "Connection: close\r\n"
                       : r->old ? "Connection: keep-alive\r\n"
                                : "";
    int n = snprintf(text, sizeof text,
                     "HTTP/1.1 %d %s\r\nContent-Length: %lld\r\n"
                     "Content-Type: %s\r\nAccept-Ranges: bytes\r\n%s%s\r\n",
                     status, reason(status), length, type, more, keep);
    await aw_stream_write(s, text, (size_t)n);
}

static async void refuse(aw_stream *s, const struct request *r, int status,
                         const char *more)
{
    char text[64];
    int n = snprintf(text, sizeof text, "%d %s\n", status, reason(status));
    await head(s, r, status, n, "text/plain", more);
    if (!r->head)
        await aw_stream_write(s, text, (size_t)n);
    await aw_stream_drain(s);
}

static async void send_file(aw_stream *s, int fd, off_t from, long long left)
{
    if (left <= SMALL) {
        char small[SMALL];
        ssize_t n = pread(fd, small, (size_t)left, from);
        if (n != left)
            throw EIO;
        await aw_stream_write(s, small, (size_t)n);
        await aw_stream_drain(s);
        return;
    }
    await aw_stream_drain(s);
    while (left > 0) {
        size_t piece = left > 1 << 20 ? 1 << 20 : (size_t)left;
        ssize_t n = sendfile(s->fd, fd, &from, piece);
        if (n > 0)
            left -= n;
        else if (n == 0)
            throw EIO; /* it has become shorter */
        else if (errno == EAGAIN)
            await aw_wait_for_ms(aw_fd_wait(s->fd, AW_WRITE),
                                 server.patience_ms);
        else if (errno != EINTR)
            throw errno;
    }
}

/* Makes [from, to] of the range; false: there is nothing in it. */
static bool fit(struct request *r, long long size)
{
    if (r->from < 0) { /* the last `to` bytes */
        r->from = r->to < size ? size - r->to : 0;
        r->to = size - 1;
    }
    if (r->to < 0 || r->to >= size)
        r->to = size - 1;
    return r->from <= r->to;
}

static async void send_range(aw_stream *s, struct request *r, int fd,
                             long long size)
{
    char more[128] = "";
    int status = 200;
    if (r->range && !fit(r, size)) {
        snprintf(more, sizeof more, "Content-Range: bytes */%lld\r\n", size);
        await refuse(s, r, 416, more);
        return;
    }
    if (r->range) {
        status = 206;
        snprintf(more, sizeof more, "Content-Range: bytes %lld-%lld/%lld\r\n",
                 r->from, r->to, size);
    } else {
        r->from = 0;
        r->to = size - 1;
    }
    await head(s, r, status, r->to - r->from + 1, type_of(r->path), more);
    if (r->head)
        await aw_stream_drain(s);
    else
        await send_file(s, fd, r->from, r->to - r->from + 1);
}

/* The file, of a directory its index; -1 and errno. */
static int open_file(struct request *r, struct stat *st)
{
    char index[HEAD + 16];
    const char *path = r->path[1] ? r->path + 1 : ".";
    if (r->path[strlen(r->path) - 1] == '/') {
        snprintf(index, sizeof index, "%s/index.html", path);
        path = index;
        r->path = (char *)"/index.html";
    }
    int fd = openat(server.root, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd >= 0 && fstat(fd, st) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

static int status_of(int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR: return 404;
    case EACCES:
    case ENAMETOOLONG: return 403;
    case EMFILE:
    case ENFILE: return 503;
    default: return 500;
    }
}

static async void answer(aw_stream *s, struct request *r)
{
    struct stat st;
    char more[HEAD];
    int fd = open_file(r, &st);
    if (fd < 0) {
        await refuse(s, r, status_of(errno), "");
        return;
    }
    defer close(fd);
    if (S_ISREG(st.st_mode)) {
        await send_range(s, r, fd, st.st_size);
    } else if (S_ISDIR(st.st_mode) && strlen(r->path) < 200 &&
               !strpbrk(r->path, "\r\n")) {
        snprintf(more, sizeof more, "Location: %s/\r\n", r->path);
        await refuse(s, r, 301, more);
    } else {
        await refuse(s, r, 403, "");
    }
}

/* --- connections --------------------------------------------------------- */

/* Refuses, and reads what still comes: closed with something unread, TCP
 * would make the client forget our answer. */
static async void turn_away(aw_stream *s, const struct request *r, int status)
{
    await refuse(s, r, status, "");
    await aw_stream_write_eof(s);
    do
        aw_stream_take(s, aw_stream_available(s));
    while (await aw_stream_fill(s) > 0);
}

/* The length of the next request's head; 0: nothing comes any more, or there
 * is a status to refuse it with. */
static async size_t next_head(aw_stream *s, int *status)
{
    try {
        aw_timeout_ms (server.patience_ms) {
            return await aw_stream_read_until(s, "\r\n\r\n", 4);
        }
    } catch (ETIMEDOUT) {
        *status = aw_stream_available(s) > 0 ? 408 : 0;
    } catch (ENOBUFS) {
        *status = 431;
    } catch (int e) {
        (void)e; /* the client has gone */
    }
    return 0;
}

static async void serve(aw_stream *s, void *ctx)
{
    char in[HEAD], out[HEAD];
    struct request r = {.keep = true};
    (void)ctx;
    aw_stream_init(s, s->fd, in, sizeof in, out, sizeof out);
    while (r.keep) {
        int status = 0;
        size_t n = await next_head(s, &status);
        r = (struct request){.keep = false};
        if (n > 0) {
            char *text = aw_stream_data(s);
            text[n - 2] = '\0';
            status = memchr(text, '\0', n - 2) ? 400 : parse(&r, text);
        }
        if (status) {
            r.keep = false;
            await aw_try(
                aw_wait_for_ms(turn_away(s, &r, status), server.patience_ms));
        }
        if (status || n == 0)
            return;
        await answer(s, &r);
        aw_stream_take(s, n);
    }
}

static async void stop_at_signal(aw_server *s)
{
    if (aw_signal_open(SIGTERM))
        return;
    defer aw_signal_close(SIGTERM);
    await aw_signal_wait(SIGTERM);
    aw_server_stop(s);
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
            server.patience_ms = atoi(optarg);
        else
            return 2;
    }
    server.root = open(optind < argc ? argv[optind] : ".", O_PATH | O_CLOEXEC);
    s.fd = aw_tcp_listen(NULL, port, 0);
    if (server.root < 0 || s.fd < 0) {
        perror("http");
        return 1;
    }
    signal(SIGPIPE, SIG_IGN); /* sendfile has no way to say no to it */
    printf("%u\n", aw_local_port(s.fd));
    fflush(stdout);
    aw_task_release(aw_create_task(stop_at_signal(&s)));
    await aw_serve(&s);
    close(server.root);
    return 0;
}
