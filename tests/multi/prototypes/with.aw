/* SPDX-License-Identifier: MIT
 * Embeds the frame of run_job. */
#include "io.aw.h"

async double with(int id);
async double with(int id)
{
    await idle();
    return await run_job((struct job){id, 2.5}, "with");
}
