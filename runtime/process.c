/* SPDX-License-Identifier: 0BSD
 * Child processes: posix_spawn, pipes, and a descriptor of the process (Linux
 * 5.3) that says when it has ended. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "impl_io.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int open_pid(pid_t pid)
{
#ifdef SYS_pidfd_open
    long fd = syscall(SYS_pidfd_open, pid, 0);
    return fd < 0 ? -errno : (int)fd;
#else
    (void)pid;
    return -ENOSYS;
#endif
}

/* --- starting ------------------------------------------------------------ */

/* theirs[i] becomes descriptor i of the child; -1: as ours. */
struct ends {
    int ours[3], theirs[3];
};

static void close_all(int fd[3])
{
    for (int i = 0; i < 3; i++)
        if (fd[i] >= 0)
            close(fd[i]);
}

static int make_pipe(struct ends *e, int i)
{
    int end[2], child = i == 0 ? 0 : 1;
    if (pipe(end))
        return errno;
    e->theirs[i] = end[child];
    e->ours[i] = end[!child];
    fcntl(end[0], F_SETFD, FD_CLOEXEC);
    fcntl(end[1], F_SETFD, FD_CLOEXEC);
    return fcntl(e->ours[i], F_SETFL, O_NONBLOCK) ? errno : 0;
}

static int make_pipes(struct ends *e, int pipes)
{
    int error = 0;
    for (int i = 0; i < 3; i++)
        e->ours[i] = e->theirs[i] = -1;
    for (int i = 0; i < 3 && error == 0; i++)
        if (pipes & 1 << i)
            error = make_pipe(e, i);
    return error;
}

static int spawn(pid_t *pid, const struct ends *e, char *const argv[])
{
    posix_spawn_file_actions_t actions;
    int error = posix_spawn_file_actions_init(&actions);
    if (error)
        return error;
    for (int i = 0; i < 3 && error == 0; i++)
        if (e->theirs[i] >= 0)
            error = posix_spawn_file_actions_adddup2(&actions, e->theirs[i], i);
    if (error == 0)
        error = posix_spawnp(pid, argv[0], &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

static int start(aw_process *p, struct ends *e, char *const argv[], int pipes)
{
    pid_t pid;
    int error = make_pipes(e, pipes);
    if (error == 0)
        error = spawn(&pid, e, argv);
    if (error)
        return error;
    p->fd = open_pid(pid);
    if (p->fd < 0) {
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
        return -p->fd;
    }
    p->pid = pid;
    return 0;
}

int aw_process_start(aw_process *p, char *const argv[], int pipes)
{
    struct ends e;
    *p = (aw_process){0, -1, -1, -1, -1, 0, true};
    int error = start(p, &e, argv, pipes);
    close_all(e.theirs);
    if (error) {
        close_all(e.ours);
        p->fd = -1;
        return error;
    }
    p->in = e.ours[0];
    p->out = e.ours[1];
    p->err = e.ours[2];
    p->ended = false;
    return 0;
}

/* --- its end ------------------------------------------------------------- */

/* EAGAIN: it runs. */
static int reap(aw_process *p)
{
    siginfo_t info = {0};
    if (waitid(P_PID, (id_t)p->pid, &info, WEXITED | WNOHANG))
        return errno;
    if (info.si_pid == 0)
        return EAGAIN;
    p->status = info.si_code == CLD_EXITED ? info.si_status : -info.si_status;
    p->ended = true;
    aw_fd_close(p->fd);
    p->fd = -1;
    return 0;
}

int awfr_aw_process_wait(struct aw_frame *self, struct aw_task *t, int outcome)
{
    struct awf_aw_process_wait *f = (struct awf_aw_process_wait *)self;
    aw_process *p = f->process;
    if (outcome)
        return outcome;
    if (!p->ended)
        outcome = p->fd < 0 ? EBADF : reap(p);
    f->ret = p->status;
    if (outcome != EAGAIN && outcome != EINTR)
        return outcome;
    self->state = 1;
    return awi_fd_await(t, p->fd, AW_READ, NULL);
}

int aw_process_kill(aw_process *p, int signal)
{
    if (p->ended)
        return ESRCH;
    return kill(p->pid, signal) ? errno : 0;
}

static void close_end(int *fd)
{
    if (*fd >= 0)
        aw_fd_close(*fd);
    *fd = -1;
}

void aw_process_close(aw_process *p)
{
    close_end(&p->in);
    close_end(&p->out);
    close_end(&p->err);
    if (p->ended)
        close_end(&p->fd);
}

AWI_DESC(aw_process_wait, awi_store_int);
