/* SPDX-License-Identifier: MIT
 * Linked into a program of alloc.sh and valgrind.sh: memory is malloc's. The
 * ALLOC_FAIL-th allocation of the runtime fails (0: none). How many it asked
 * for is written, as it ends, into the file ALLOC_COUNT. */
#include <aw.h>
#include <stdio.h>
#include <stdlib.h>

static unsigned long asked, fails;

static void *get(void *ctx, size_t size)
{
    (void)ctx;
    return ++asked == fails ? NULL : malloc(size);
}

static void give(void *ctx, void *p, size_t size)
{
    (void)ctx;
    (void)size;
    free(p);
}

static const aw_allocator failing = {get, give, NULL};

__attribute__((constructor)) static void begin(void)
{
    const char *n = getenv("ALLOC_FAIL");
    fails = n ? strtoul(n, NULL, 10) : 0;
    aw_set_allocator(&failing);
}

__attribute__((destructor)) static void end(void)
{
    const char *name = getenv("ALLOC_COUNT");
    FILE *f = name ? fopen(name, "w") : NULL;
    if (f) {
        fprintf(f, "%lu\n", asked);
        fclose(f);
    }
}
