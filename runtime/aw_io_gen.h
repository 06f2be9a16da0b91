/* SPDX-License-Identifier: 0BSD
 * The frames of the async functions of <aw_io.h>, for generated code and the
 * runtime; see aw_gen.h. */
#ifndef AW_IO_GEN_H
#define AW_IO_GEN_H

#if defined __AWAITC__ && defined __GNUC__
#pragma GCC system_header
#endif

#include "aw_gen.h"

#ifdef __cplusplus
extern "C" {
#endif

struct awf_aw_fd_wait {
    struct aw_frame aw;
    int ret;
    int fd;
    int events;
};

#define AWI_FUNCTION(f) \
    int awf_##f(struct aw_frame *self, struct aw_task *t, int outcome); \
    extern const struct aw_desc awfd_##f
AWI_FUNCTION(aw_fd_wait);
#undef AWI_FUNCTION

#ifdef __cplusplus
}
#endif
#endif
