/* SPDX-License-Identifier: MIT
 * libFuzzer target: the whole compiler over <aw.h>, preprocessed, and any
 * bytes behind it. Nothing may crash, hang or leak; that verify functions
 * abort on a broken invariant makes them oracles here. mutate.c changes
 * inputs as programs. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "gen/driver.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The lines of <aw.h> as the preprocessor leaves them: made by make. */
static const char *const header[] = {
#include "build/fuzz/header.inc"
    "# 1 \"fuzz.aw\""};

static size_t put_header(char *to)
{
    size_t n = 0;

    for (size_t i = 0; i < sizeof header / sizeof *header; i++) {
        size_t len = strlen(header[i]);

        if (to) {
            memcpy(to + n, header[i], len);
            to[n + len] = '\n';
        }
        n += len + 1;
    }
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* Options that no input can name go by its size. */
    struct driver_options o = {.name = "fuzz.aw",
                               .output = "fuzz.c",
                               .poison = size % 4 == 0,
                               .no_line = size % 3 == 0};
    struct buf out = {0}, msgs = {0};
    size_t head = put_header(NULL);
    char *text = malloc(head + size + 1);

    if (!text)
        return 0;
    put_header(text);
    memcpy(text + head, data, size);
    text[head + size] = '\0';
    driver_compile((struct str){text, head + size}, &o, &out, &msgs);
    buf_free(&out);
    buf_free(&msgs);
    free(text);
    return 0;
}
