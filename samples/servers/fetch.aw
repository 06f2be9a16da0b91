/* SPDX-License-Identifier: MIT
 * Downloads files over HTTP/1.1, several at a time.
 *
 *     fetch [-j NUMBER] [-o DIRECTORY] [-t MILLISECONDS] URL...
 *
 * A file is called as the last part of its URL, and is there as a whole or not
 * at all, also after SIGINT. Prints a line for each; exit status 1 when one of
 * them failed. -t is how long the other side may be silent. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <aw_io.h>

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { HEAD = 16384, LONGEST = 2048, REDIRECTS = 10, TRAILERS = 100 };

static struct {
    const char *directory;
    int64_t patience_ms;
} options = {".", 30000};

struct url {
    char authority[280], host[256], service[8];
    char path[LONGEST];
};

struct answer {
    int status;
    long long length; /* -1: to the end of the connection */
    bool chunked;
    char location[LONGEST];
};

struct job {
    const char *url;
    int number; /* among all */
    bool failed;
};

/* --- URLs ---------------------------------------------------------------- */

/* Copies n bytes as a string, if they fit. */
static bool copy_string(char *to, size_t size, const char *p, size_t n)
{
    if (n >= size)
        return false;
    memcpy(to, p, n);
    to[n] = '\0';
    return true;
}

/* HOST, HOST:PORT, [IPV6], [IPV6]:PORT */
static bool parse_authority(struct url *u)
{
    const char *p = u->authority, *end = strchr(p, ']');
    bool good;
    if (*p == '[' && end) {
        good =
            copy_string(u->host, sizeof u->host, p + 1, (size_t)(end - p - 1));
        end++;
    } else {
        end = p + strcspn(p, ":");
        good = copy_string(u->host, sizeof u->host, p, (size_t)(end - p));
    }
    const char *port = *end == ':' ? end + 1 : "80";
    return good && u->host[0] && (*end == ':' || !*end) && *port &&
           !port[strspn(port, "0123456789")] &&
           copy_string(u->service, sizeof u->service, port, strlen(port));
}

/* What goes into a request as it is: no blanks, nothing that could end the
 * line. */
static bool is_plain(const char *text)
{
    while (isgraph((unsigned char)*text))
        text++;
    return !*text;
}

static bool set_path(struct url *u, const char *dir, size_t n, const char *path)
{
    size_t m = strcspn(path, "#");
    if (n + m >= sizeof u->path)
        return false;
    memmove(u->path, dir, n);
    memcpy(u->path + n, path, m);
    u->path[n + m] = '\0';
    return true;
}

static bool parse_url(struct url *u, const char *text)
{
    if (strncasecmp(text, "http://", 7) != 0 || !is_plain(text))
        return false;
    text += 7;
    size_t n = strcspn(text, "/?#");
    return !memchr(text, '@', n) &&
           copy_string(u->authority, sizeof u->authority, text, n) &&
           parse_authority(u) && set_path(u, "/", text[n] != '/', text + n);
}

/* Where a redirection from u leads to. */
static bool follow(struct url *u, const char *to)
{
    char whole[LONGEST + 8];
    if (!*to || !is_plain(to))
        return false;
    if (to[0] == '/' && to[1] == '/') {
        snprintf(whole, sizeof whole, "http:%s", to);
        return parse_url(u, whole);
    }
    if (to[0] == '/')
        return set_path(u, "", 0, to);
    if (to[strcspn(to, ":/?#")] == ':')
        return parse_url(u, to);
    size_t n = strcspn(u->path, "?");
    while (to[0] != '?' && u->path[n - 1] != '/')
        n--;
    return set_path(u, u->path, n, to);
}

/* The last part of the path, for a file. */
static bool name_of(const char *url, char name[256])
{
    struct url u;
    if (!parse_url(&u, url))
        return false;
    size_t end = strcspn(u.path, "?"), begin = end;
    while (u.path[begin - 1] != '/')
        begin--;
    if (u.path[begin] == '.' || begin == end)
        return copy_string(name, 256, "index.html", 10);
    return copy_string(name, 200, u.path + begin, end - begin);
}

/* --- the protocol: what is not understood is EPROTO ---------------------- */

static async void send_request(aw_stream *s, const struct url *u)
{
    char text[LONGEST + 512];
    int n = snprintf(text, sizeof text,
                     "GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: awaitc\r\n"
                     "Accept: */*\r\nConnection: close\r\n\r\n",
                     u->path, u->authority);
    await aw_stream_write(s, text, (size_t)n);
}

/* Digits of a base, and nothing behind them but what `after` has. */
static bool parse_number(const char *p, int base, const char *after,
                         long long *n)
{
    char *end;
    errno = 0;
    *n = strtoll(p, &end, base);
    return isxdigit((unsigned char)*p) && (p[1] | 32) != 'x' && errno == 0 &&
           (!*end || strchr(after, *end));
}

static bool parse_field(struct answer *a, char *line)
{
    char *value = strchr(line, ':');
    if (!value)
        return false;
    *value++ = '\0';
    value += strspn(value, " \t");
    for (char *e = value + strlen(value); e > value && strchr(" \t", e[-1]);)
        *--e = '\0';
    if (strcasecmp(line, "content-length") == 0)
        return parse_number(value, 10, "", &a->length);
    if (strcasecmp(line, "transfer-encoding") == 0)
        return a->chunked = strcasecmp(value, "chunked") == 0;
    if (strcasecmp(line, "location") == 0)
        return copy_string(a->location, sizeof a->location, value,
                           strlen(value));
    return true;
}

/* text: the head of an answer, up to the empty line at its end. */
static bool parse_head(struct answer *a, char *text)
{
    char *line = text, *end;
    bool good = strncmp(text, "HTTP/1.", 7) == 0 && text[8] == ' ' &&
                isdigit((unsigned char)text[9]);
    *a = (struct answer){.length = -1};
    if (good)
        a->status = atoi(text + 9);
    while (good && (end = strstr(line, "\r\n")) != NULL) {
        *end = '\0';
        good = line == text || parse_field(a, line);
        line = end + 2;
    }
    return good && a->status >= 100;
}

static async void read_answer(aw_stream *s, struct answer *a)
{
    do {
        size_t n = await aw_wait_for_ms(aw_stream_read_until(s, "\r\n\r\n", 4),
                                        options.patience_ms);
        if (n == 0)
            throw AW_EOF;
        char *text = aw_stream_data(s);
        text[n - 2] = '\0';
        if (strlen(text) != n - 2 || !parse_head(a, text))
            throw EPROTO;
        aw_stream_take(s, n);
    } while (a->status < 200); /* "continue", "early hints" */
}

/* --- bodies -------------------------------------------------------------- */

static void write_all(int fd, const char *p, size_t n, int *error)
{
    while (n > 0 && *error == 0) {
        ssize_t r = write(fd, p, n);
        if (r < 0 && errno != EINTR)
            *error = errno;
        if (r > 0) {
            p += r;
            n -= (size_t)r;
        }
    }
}

/* So many bytes, -1: all to the end; returns their number. */
static async long long copy(aw_stream *s, int fd, long long length)
{
    long long done = 0;
    int error = 0;
    while (done != length) {
        size_t n = aw_stream_available(s);
        if (n == 0)
            n = await aw_wait_for_ms(aw_stream_fill(s), options.patience_ms);
        if (n == 0 && length < 0)
            break;
        if (n == 0)
            throw AW_EOF;
        if (length >= 0 && (long long)n > length - done)
            n = (size_t)(length - done);
        write_all(fd, aw_stream_data(s), n, &error);
        if (error)
            throw error;
        aw_stream_take(s, n);
        done += (long long)n;
    }
    return done;
}

/* A line without its end. */
static async void read_line(aw_stream *s, char *line, size_t size)
{
    size_t n = await aw_wait_for_ms(aw_stream_read_line(s, line, size),
                                    options.patience_ms);
    if (n < 2 || line[n - 2] != '\r' || line[n - 1] != '\n')
        throw n > 0 ? EPROTO : AW_EOF;
    line[n - 2] = '\0';
}

static async long long copy_chunks(aw_stream *s, int fd)
{
    char line[1024];
    long long sum = 0, n;
    for (;;) {
        await read_line(s, line, sizeof line);
        if (!parse_number(line, 16, "; \t", &n) || n > LLONG_MAX - sum)
            throw EPROTO;
        if (n == 0)
            break;
        sum += await copy(s, fd, n);
        await read_line(s, line, sizeof line);
        if (line[0])
            throw EPROTO;
    }
    for (int i = 0; i < TRAILERS; i++) {
        await read_line(s, line, sizeof line);
        if (!line[0])
            return sum;
    }
    throw EPROTO;
}

/* --- files --------------------------------------------------------------- */

/* Under a name of its own until all of it is there. */
static async long long save(aw_stream *s, const struct answer *a,
                            const struct job *j)
{
    char name[256], whole[PATH_MAX], part[PATH_MAX];
    long long n;
    bool good = false;
    if (!name_of(j->url, name))
        throw ENAMETOOLONG;
    snprintf(whole, sizeof whole, "%s/%s", options.directory, name);
    snprintf(part, sizeof part, "%s/.%s.%d.%d", options.directory, name,
             (int)getpid(), j->number);
    int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        throw errno;
    defer
    {
        if (!good)
            unlink(part);
    }
    defer close(fd);
    if (a->chunked)
        n = await copy_chunks(s, fd);
    else
        n = await copy(s, fd, a->length);
    if (rename(part, whole))
        throw errno;
    good = true;
    return n;
}

/* The number of bytes; -1: it is elsewhere, where u is now. */
static async long long get(struct url *u, const struct job *j)
{
    char in[HEAD];
    aw_stream s;
    struct answer a;
    int fd = await aw_wait_for_ms(aw_open_connection(u->host, u->service),
                                  options.patience_ms);
    aw_stream_init(&s, fd, in, sizeof in, NULL, 0);
    defer aw_stream_close(&s);
    await send_request(&s, u);
    await read_answer(&s, &a);
    if (a.status == 200)
        return await save(&s, &a, j);
    if (a.status > 308 || a.status < 301 || !a.location[0])
        throw a.status; /* larger than any errno */
    if (!follow(u, a.location))
        throw EPROTO;
    return -1;
}

static async long long download(const struct job *j)
{
    struct url u;
    if (!parse_url(&u, j->url))
        throw EINVAL;
    for (int i = 0; i <= REDIRECTS; i++) {
        long long n = await get(&u, j);
        if (n >= 0)
            return n;
    }
    throw ELOOP;
}

static async void run(struct job *j)
{
    long long n = 0;
    int error = await aw_try(n = download(j));
    j->failed = error != 0;
    if (error == 0)
        printf("%s: %lld bytes\n", j->url, n);
    else if (error >= 200)
        fprintf(stderr, "%s: status %d\n", j->url, error);
    else
        fprintf(stderr, "%s: %s\n", j->url, aw_strerror(error));
}

async int main(int argc, char **argv)
{
    size_t limit = 4;
    int failed = 0;
    for (int c; (c = getopt(argc, argv, "j:o:t:")) != -1;) {
        if (c == 'j')
            limit = (size_t)atoi(optarg);
        else if (c == 'o')
            options.directory = optarg;
        else if (c == 't')
            options.patience_ms = atoi(optarg);
        else
            return 2;
    }
    int n = argc - optind;
    struct job *jobs = calloc((size_t)n + 1, sizeof *jobs);
    if (!jobs)
        throw ENOMEM;
    defer free(jobs);
    aw_group (g, .limit = limit) {
        for (int i = 0; i < n; i++) {
            jobs[i] = (struct job){argv[optind + i], i, false};
            aw_group_spawn(g, run(&jobs[i]));
        }
    }
    for (int i = 0; i < n; i++)
        failed += jobs[i].failed;
    return failed > 0;
}
