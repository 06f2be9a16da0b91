/* SPDX-License-Identifier: MIT */
typedef int kit_t;
