/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L
#include "gen/cpp.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gen/version.h"

extern char **environ;

#define BLANKS " \t\n"

/* Appends a word of a command to `word`, without its quotes, and gives what
 * follows it; NULL when a quote stays open. */
static const char *split_word(const char *p, struct buf *word)
{
    char quote = 0;
    for (; *p && (quote || !strchr(BLANKS, *p)); p++)
        if (*p == quote)
            quote = 0;
        else if (!quote && (*p == '\'' || *p == '"'))
            quote = *p;
        else if (*p == '\\' && quote != '\'' && p[1] &&
                 (!quote || strchr("\"\\$`", p[1])))
            buf_putc(word, *++p);
        else
            buf_putc(word, *p);
    return quote ? NULL : p;
}

bool cpp_split(struct arena *a, cpp_args *to, const char *command)
{
    const char *p = command + strspn(command, BLANKS);
    while (p && *p) {
        struct buf word = {0};
        p = split_word(p, &word);
        VEC_PUSH(a, to, arena_strndup(a, word.n ? word.p : "", word.n));
        buf_free(&word);
        p = p ? p + strspn(p, BLANKS) : NULL;
    }
    return p;
}

/* ---- reading ------------------------------------------------------------ */

static bool complain(struct buf *err, const char *what, const char *path)
{
    buf_printf(err, "awaitc: error: %s '%s': %s\n", what, path,
               strerror(errno));
    return false;
}

/* More than the driver takes, or than there is memory for: a device that never
 * ends is not read for ever. */
static bool is_full(const struct buf *text)
{
    return text->oom || text->n >= UINT32_MAX;
}

/* All of fd, to its end or until text is full. False with errno. */
static bool read_all(int fd, struct buf *text)
{
    char chunk[65536];
    while (!is_full(text)) {
        ssize_t n = read(fd, chunk, sizeof chunk);
        if (n == 0)
            return true;
        if (n > 0)
            buf_put(text, chunk, (size_t)n);
        else if (errno != EINTR)
            return false;
    }
    return true;
}

bool cpp_read(const char *path, struct buf *text, struct buf *err)
{
    bool in = strcmp(path, "-") == 0;
    int fd = in ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return complain(err, "cannot read", path);
    bool ok = read_all(fd, text);
    if (!ok)
        complain(err, "cannot read", path);
    if (!in)
        close(fd);
    return ok;
}

/* One message of ours instead of three of the preprocessor. */
static bool readable(const char *path, struct buf *err)
{
    struct stat st;
    if (strcmp(path, "-") == 0)
        return true;
    if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
        errno = EISDIR;
    else if (access(path, R_OK) == 0)
        return true;
    return complain(err, "cannot read", path);
}

/* ---- running cc -E ------------------------------------------------------ */

static void add_all(struct arena *a, cpp_args *to, const cpp_args *from)
{
    for (uint32_t i = 0; i < from->n; i++)
        VEC_PUSH(a, to, from->v[i]);
}

static void add_dep_args(struct arena *a, cpp_args *v, const struct cpp_job *j,
                         const char *depfile)
{
    VEC_PUSH(a, v, j->dep_user ? "-MMD" : "-MD");
    VEC_PUSH(a, v, "-MF");
    VEC_PUSH(a, v, depfile);
    if (j->dep_phony)
        VEC_PUSH(a, v, "-MP");
    add_all(a, v, &j->dep_targets);
    if (j->dep_targets.n)
        return;
    VEC_PUSH(a, v, "-MQ");
    VEC_PUSH(a, v, j->output);
    if (j->header) {
        VEC_PUSH(a, v, "-MQ");
        VEC_PUSH(a, v, j->header);
    }
}

static char **command(struct arena *a, const struct cpp_job *j,
                      const char *depfile)
{
    cpp_args v = {0};
    add_all(a, &v, &j->cc);
    VEC_PUSH(a, &v, "-E");
    VEC_PUSH(a, &v, "-x");
    VEC_PUSH(a, &v, "c");
    VEC_PUSH(a, &v, "-D__AWAITC__=1");
    VEC_PUSH(a, &v, arena_printf(a, "-D__AWAITC_ABI__=%d", AWAITC_ABI));
    add_all(a, &v, &j->args);
    if (depfile)
        add_dep_args(a, &v, j, depfile);
    bool is_name = j->input[0] == '-' && j->input[1];
    VEC_PUSH(a, &v, is_name ? arena_printf(a, "./%s", j->input) : j->input);
    VEC_PUSH(a, &v, NULL);
    return (char **)v.v;
}

/* Starts argv with its standard output on a pipe, whose other end is *fd.
 * Returns 0 or the error. */
static int start(char **argv, pid_t *pid, int *fd)
{
    int p[2];
    if (pipe(p) != 0)
        return errno;
    posix_spawn_file_actions_t fa;
    int e = posix_spawn_file_actions_init(&fa);
    if (e == 0) {
        posix_spawn_file_actions_addclose(&fa, p[0]);
        posix_spawn_file_actions_adddup2(&fa, p[1], STDOUT_FILENO);
        posix_spawn_file_actions_addclose(&fa, p[1]);
        e = posix_spawnp(pid, argv[0], &fa, NULL, argv, environ);
        posix_spawn_file_actions_destroy(&fa);
    }
    close(p[1]);
    if (e)
        close(p[0]);
    *fd = p[0];
    return e;
}

/* Waits for the child. It has explained a failure itself, unless killed. */
static bool succeeded(pid_t pid, const char *name, struct buf *err)
{
    int status;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return complain(err, "cannot wait for", name);
    if (WIFSIGNALED(status))
        buf_printf(err, "awaitc: error: '%s' was killed by signal %d\n", name,
                   WTERMSIG(status));
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool run(char **argv, struct buf *text, struct buf *err)
{
    pid_t pid = -1;
    int fd = -1;
    errno = start(argv, &pid, &fd);
    if (errno)
        return complain(err, "cannot run", argv[0]);
    bool ok = read_all(fd, text);
    if (!ok)
        complain(err, "cannot read from", argv[0]);
    close(fd);
    if (!is_full(text))
        return succeeded(pid, argv[0], err) && ok;
    kill(pid, SIGKILL); /* the driver says why */
    waitpid(pid, NULL, 0);
    return true;
}

/* The depfile goes to a temporary first, so that a run that fails later
 * leaves the old one alone. */
static char *temporary(struct arena *a, struct buf *err)
{
    const char *dir = getenv("TMPDIR");
    char *path =
        arena_printf(a, "%s/awaitc-XXXXXX", dir && *dir ? dir : "/tmp");
    int fd = mkstemp(path);
    if (fd < 0) {
        complain(err, "cannot write", path);
        return NULL;
    }
    close(fd);
    return path;
}

/* Colons in names, which preprocessors leave as they are, for make and ninja;
 * those that end a list of targets have a blank or nothing behind them. */
static void escape_colons(struct buf *deps)
{
    struct buf old = *deps;
    *deps = (struct buf){0};
    for (size_t i = 0; i < old.n; i++) {
        char next = i + 1 < old.n ? old.p[i + 1] : '\n';
        if (old.p[i] == ':' && !strchr(" \t\r\n", next) &&
            !(i && old.p[i - 1] == '\\'))
            buf_putc(deps, '\\');
        buf_putc(deps, old.p[i]);
    }
    deps->oom = deps->oom || old.oom;
    buf_free(&old);
}

bool cpp_run(struct arena *a, const struct cpp_job *j, struct buf *text,
             struct buf *deps, struct buf *err)
{
    if (!readable(j->input, err))
        return false;
    char *depfile = j->deps ? temporary(a, err) : NULL;
    if (j->deps && !depfile)
        return false;
    bool ok = run(command(a, j, depfile), text, err);
    if (depfile) {
        ok = ok && cpp_read(depfile, deps, err);
        escape_colons(deps);
        unlink(depfile);
    }
    return ok;
}
