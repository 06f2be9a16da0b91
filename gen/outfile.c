/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700
#include "gen/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gen/version.h"

static bool complain(struct buf *err, const char *path)
{
    buf_printf(err, "awaitc: error: cannot write '%s': %s\n", path,
               strerror(errno));
    return false;
}

static bool write_all(int fd, const struct buf *text)
{
    for (size_t done = 0; done < text->n;) {
        ssize_t n = write(fd, text->p + done, text->n - done);
        if (n > 0)
            done += (size_t)n;
        else if (errno != EINTR)
            return false;
    }
    return true;
}

/* Closing tells of errors that writing could not. errno of the first. */
static bool write_and_close(int fd, const struct buf *text)
{
    bool ok = write_all(fd, text);
    int e = errno;
    if (close(fd) == 0)
        errno = e;
    else if (ok)
        return false;
    return ok;
}

static bool write_in_place(const char *path, const struct buf *text,
                           struct buf *err)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0 || !write_and_close(fd, text))
        return complain(err, path);
    return true;
}

static bool begins_with_banner(const char *path)
{
    char head[sizeof AWAITC_BANNER] = "";
    FILE *f = fopen(path, "rb");
    if (!f)
        return false;
    size_t n = fread(head, 1, sizeof head - 1, f);
    fclose(f);
    return n == sizeof head - 1 && strcmp(head, AWAITC_BANNER) == 0;
}

/* May the regular file at path be replaced? */
static bool replaceable(const char *path, const struct stat *st,
                        enum outfile_kind kind, struct buf *err)
{
    if (access(path, W_OK) != 0)
        return complain(err, path);
    if (kind == OUTFILE_ANY || st->st_size == 0 || begins_with_banner(path))
        return true;
    buf_printf(err,
               "awaitc: error: will not overwrite '%s': "
               "awaitc has not written it\n",
               path);
    return false;
}

/* A template for mkstemp beside path. Its name is short, so that it fits
 * where path's fits. */
static char *temporary_beside(const char *path)
{
    static const char name[] = ".awaitc-XXXXXX";
    const char *slash = strrchr(path, '/');
    size_t dir = slash ? (size_t)(slash - path) + 1 : 0;
    char *t = malloc(dir + sizeof name);
    if (t) {
        memcpy(t, path, dir);
        memcpy(t + dir, name, sizeof name);
    }
    return t;
}

static mode_t default_mode(void)
{
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* False with errno, and no temporary left. */
static bool write_and_rename(const char *path, char *tmp, mode_t mode,
                             const struct buf *text)
{
    int fd = mkstemp(tmp);
    if (fd < 0)
        return false;
    bool ok = fchmod(fd, mode) == 0;
    ok = write_and_close(fd, text) && ok;
    if (ok && rename(tmp, path) == 0)
        return true;
    int e = errno;
    unlink(tmp);
    errno = e;
    return false;
}

/* Signals that end us wait for the few moments that a temporary exists. */
static bool replace(const char *path, mode_t mode, const struct buf *text,
                    struct buf *err)
{
    sigset_t stop, old;
    sigemptyset(&stop);
    sigaddset(&stop, SIGINT);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGHUP);
    sigprocmask(SIG_BLOCK, &stop, &old);
    char *tmp = temporary_beside(path);
    bool ok = tmp && write_and_rename(path, tmp, mode, text);
    if (!ok)
        complain(err, path);
    free(tmp);
    sigprocmask(SIG_SETMASK, &old, NULL);
    return ok;
}

/* Through a symbolic link, the file it points to is replaced. */
static bool replace_old(const char *path, const struct stat *st,
                        const struct buf *text, struct buf *err)
{
    char *real = realpath(path, NULL);
    if (!real)
        return complain(err, path);
    bool ok = replace(real, st->st_mode & 0777, text, err);
    free(real);
    return ok;
}

bool outfile_write(const char *path, const struct buf *text,
                   enum outfile_kind kind, struct buf *err)
{
    struct stat st;
    if (strcmp(path, "-") == 0)
        return write_all(STDOUT_FILENO, text) || complain(err, "stdout");
    if (stat(path, &st) != 0)
        return replace(path, default_mode(), text, err);
    if (!S_ISREG(st.st_mode))
        return write_in_place(path, text, err);
    return replaceable(path, &st, kind, err) &&
           replace_old(path, &st, text, err);
}
