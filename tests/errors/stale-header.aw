/* SPDX-License-Identifier: MIT
 * As a header of -H, but the frame is not the one the number was made of. */
#include <aw.h>

async int f(void);

struct awf_f {
    struct aw_frame aw;
    int ret;
    long x;
};
int awfr_f(struct aw_frame *, struct aw_task *, int);
extern const struct aw_desc awfd_f;
enum { awfh_f = 1 };

async int g(void)
{
    return await f() + await f();
}
