/* SPDX-License-Identifier: MIT
 * libFuzzer target: the whole compiler over any bytes as preprocessed text.
 * Nothing may crash, hang or leak; that verify functions abort on a broken
 * invariant makes them oracles here. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "gen/driver.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct driver_options o = {.name = "fuzz.aw", .output = "fuzz.c"};
    struct buf out = {0}, msgs = {0};
    char *text = malloc(size + 1);
    if (!text)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    driver_compile((struct str){text, size}, &o, &out, &msgs);
    buf_free(&out);
    buf_free(&msgs);
    free(text);
    return 0;
}
