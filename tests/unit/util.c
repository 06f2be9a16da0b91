/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "tests/unit/util.h"

#include <stdio.h>
#include <stdlib.h>

#include "gen/lex.h"

void lex_bytes(struct unit *u, const char *s, size_t n)
{
    unit_init(u, (struct str){s, n}, "in.c", NULL, NULL);
    lex(u);
    lex_verify(u);
}

void lex_text(struct unit *u, const char *z)
{
    lex_bytes(u, z, strlen(z));
}

struct temp_name temp_name(void)
{
    struct temp_name t;
    const char *dir = getenv("TMPDIR");
    snprintf(t.path, sizeof t.path, "%s/awaitc-test-XXXXXX",
             dir && *dir && strlen(dir) < 150 ? dir : P_tmpdir);
    return t;
}

/* splitmix64 */
uint32_t next_random(uint64_t *seed)
{
    uint64_t z = *seed += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (uint32_t)(z >> 32);
}
