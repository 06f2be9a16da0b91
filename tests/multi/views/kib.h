/* SPDX-License-Identifier: MIT */
#ifndef KIB_H
#define KIB_H
struct kib {
    int first;
    char bytes[1016];
    int last;
};
#endif
