/* SPDX-License-Identifier: 0BSD
 * The monotonic clock and the lock, for the POSIX ports. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#include "posix.h"

#include <pthread.h>
#include <unistd.h>

static int64_t now_plus(int64_t ns)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + (t.tv_nsec + ns) / 1000000;
}

int64_t awi_port_now(void)
{
    return now_plus(0);
}

int64_t awi_port_now_up(void)
{
    return now_plus(999999);
}

int64_t awi_port_now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

struct timespec awi_until(int64_t deadline)
{
    struct timespec now, left = {86400, 0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t sec = deadline / 1000 - now.tv_sec;
    long nsec = (long)(deadline % 1000) * 1000000 - now.tv_nsec;
    if (nsec < 0) {
        sec--;
        nsec += 1000000000;
    }
    if (sec < 0)
        left.tv_sec = 0;
    else if (sec < 86400)
        left = (struct timespec){(time_t)sec, nsec};
    return left;
}

int awi_until_ms(int64_t deadline)
{
    if (deadline == INT64_MAX)
        return -1;
    struct timespec left = awi_until(deadline);
    return (int)(left.tv_sec * 1000 + (left.tv_nsec + 999999) / 1000000);
}

int awi_close(int fd)
{
    return close(fd) == 0 || errno == EINTR ? 0 : errno;
}

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

unsigned awi_port_lock(void)
{
    pthread_mutex_lock(&mutex);
    return 0;
}

void awi_port_unlock(unsigned was)
{
    (void)was;
    pthread_mutex_unlock(&mutex);
}
