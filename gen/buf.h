/* SPDX-License-Identifier: MIT
 * A growable byte buffer on malloc, for text on its way out. Exhaustion is
 * sticky: writes after it do nothing and `oom` stays set for the caller to
 * report once. */
#ifndef GEN_BUF_H
#define GEN_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct buf {
    char *p;        /* NUL-terminated when not NULL */
    size_t n, cap;
    bool oom;
};

void buf_put(struct buf *b, const void *s, size_t n);
void buf_puts(struct buf *b, const char *z);
void buf_putc(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *b, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));
/* s[0..n) as a C string literal, quotes included. */
void buf_quote(struct buf *b, const char *s, size_t n);
void buf_free(struct buf *b);

#endif
