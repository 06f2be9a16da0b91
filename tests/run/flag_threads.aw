/* SPDX-License-Identifier: MIT
 * A flag that another thread sets: no wake is lost. ports: epoll */
#include <aw.h>
#include <pthread.h>
#include <stdio.h>

static aw_flag flag = AW_FLAG_INIT;
static int posted;
#ifndef SETS
#define SETS 200000
#endif

static void *setter(void *arg)
{
    (void)arg;
    for (int i = 0; i < SETS; i++) {
        __atomic_add_fetch(&posted, 1, __ATOMIC_SEQ_CST);
        aw_flag_set(&flag);
    }
    return NULL;
}

async int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, setter, NULL);
    while (__atomic_load_n(&posted, __ATOMIC_SEQ_CST) < SETS)
        await aw_flag_wait(&flag);
    pthread_join(t, NULL);
    puts("all seen");
    return 0;
}
