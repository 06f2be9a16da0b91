/* SPDX-License-Identifier: MIT
 * Only an async function has a frame to be stored. */
#include <aw.h>

void plain(void);
static aw_task_storage(plain) wrong;
