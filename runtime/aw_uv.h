/* SPDX-License-Identifier: 0BSD
 * For programs that live on libuv and link libaw-uv.a: whenever a loop of ours
 * waits or polls, it runs libuv's, so that timers and handles of both go on
 * side by side on one thread. Callbacks of libuv may set flags and events, and
 * create tasks; they may not run a loop of ours. */
#ifndef AW_UV_H
#define AW_UV_H

#include <uv.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The libuv loop that loops of ours on this thread, opened from now on, run;
 * NULL, and at first: uv_default_loop(). It must outlive them. */
void aw_uv_use(uv_loop_t *loop);

#ifdef __cplusplus
}
#endif
#endif
