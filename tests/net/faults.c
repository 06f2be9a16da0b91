/* SPDX-License-Identifier: MIT
 * The FAULT-th call of the system by the library fails, once, with what such
 * a call fails with when the system has no more of something. Programs linked
 * with this (-Wl,--wrap) end with 77 when there was no such call. */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

static long calls, fault;

__attribute__((constructor)) static void begin(void)
{
    const char *s = getenv("FAULT");
    fault = s ? atol(s) : 0;
}

/* Before the sanitizer looks for leaks. */
static void end(void)
{
    if (calls < fault)
        _exit(77);
}

__attribute__((constructor)) static void at_end(void)
{
    atexit(end);
}

static int fails(int error)
{
    if (++calls != fault)
        return 0;
    errno = error;
    return 1;
}

/* WRAP(result, name, error, parameters, arguments) */
#define WRAP(T, name, error, params, args) \
    T __real_##name params; \
    T __wrap_##name params; \
    T __wrap_##name params \
    { \
        return fails(error) ? (T)-1 : __real_##name args; \
    }

WRAP(int, epoll_create1, EMFILE, (int flags), (flags))
WRAP(int, eventfd, EMFILE, (unsigned n, int flags), (n, flags))
WRAP(int, epoll_ctl, ENOMEM, (int e, int op, int fd, struct epoll_event *ev),
     (e, op, fd, ev))
WRAP(int, pipe, EMFILE, (int fd[2]), (fd))
WRAP(int, poll, EINTR, (struct pollfd * p, nfds_t n, int ms), (p, n, ms))
WRAP(int, socket, EMFILE, (int family, int type, int p), (family, type, p))
WRAP(int, bind, EADDRINUSE, (int fd, const struct sockaddr *a, socklen_t n),
     (fd, a, n))
WRAP(int, listen, EADDRINUSE, (int fd, int n), (fd, n))
WRAP(int, accept4, EMFILE, (int fd, struct sockaddr *a, socklen_t *n, int f),
     (fd, a, n, f))
WRAP(int, connect, ENETUNREACH, (int fd, const struct sockaddr *a, socklen_t n),
     (fd, a, n))
WRAP(ssize_t, recv, ECONNRESET, (int fd, void *p, size_t n, int flags),
     (fd, p, n, flags))
WRAP(ssize_t, send, EPIPE, (int fd, const void *p, size_t n, int flags),
     (fd, p, n, flags))
WRAP(ssize_t, sendmsg, EPIPE, (int fd, const struct msghdr *m, int flags),
     (fd, m, flags))
WRAP(ssize_t, recvfrom, ECONNREFUSED,
     (int fd, void *p, size_t n, int flags, struct sockaddr *a, socklen_t *s),
     (fd, p, n, flags, a, s))
WRAP(ssize_t, sendto, ENOBUFS,
     (int fd, const void *p, size_t n, int flags, const struct sockaddr *a,
      socklen_t s),
     (fd, p, n, flags, a, s))
WRAP(int, shutdown, ENOTCONN, (int fd, int how), (fd, how))

/* These return their error. */
int __real_pthread_create(pthread_t *t, const pthread_attr_t *a,
                          void *(*fn)(void *), void *arg);
int __wrap_pthread_create(pthread_t *t, const pthread_attr_t *a,
                          void *(*fn)(void *), void *arg);
int __wrap_pthread_create(pthread_t *t, const pthread_attr_t *a,
                          void *(*fn)(void *), void *arg)
{
    return fails(EAGAIN) ? EAGAIN : __real_pthread_create(t, a, fn, arg);
}

int __real_posix_spawnp(pid_t *pid, const char *file,
                        const posix_spawn_file_actions_t *actions,
                        const posix_spawnattr_t *attributes, char *const argv[],
                        char *const env[]);
int __wrap_posix_spawnp(pid_t *pid, const char *file,
                        const posix_spawn_file_actions_t *actions,
                        const posix_spawnattr_t *attributes, char *const argv[],
                        char *const env[]);
int __wrap_posix_spawnp(pid_t *pid, const char *file,
                        const posix_spawn_file_actions_t *actions,
                        const posix_spawnattr_t *attributes, char *const argv[],
                        char *const env[])
{
    return fails(EAGAIN)
               ? EAGAIN
               : __real_posix_spawnp(pid, file, actions, attributes, argv, env);
}
