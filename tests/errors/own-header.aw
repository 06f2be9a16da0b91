/* SPDX-License-Identifier: MIT
 * The header that -H made of this file, included by it. */
#include <aw.h>

struct awf_f {
    struct aw_frame aw;
    int ret;
};
int awfr_f(struct aw_frame *, struct aw_task *, int);
extern const struct aw_desc awfd_f;
enum { awfh_f = 1 };

async int f(void)
{
    return 1;
}
