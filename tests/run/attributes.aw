/* SPDX-License-Identifier: MIT
 * Attributes of an async function are those of its code; what is true of
 * every async function is left out. */
#include <aw.h>
#include <stdint.h>
#include <stdio.h>

extern const char code_start[] __asm__("__start_awcode");
extern const char code_end[] __asm__("__stop_awcode");

static async int placed(const int *p, int n) __attribute__((section("awcode")));

__attribute__((noinline, nothrow, cold)) static async int placed(const int *p,
                                                                 int n)
{
    await aw_sleep_ms(1);
    return *p + n;
}

static inline __attribute__((always_inline, warn_unused_result)) async int
twice(int n)
{
    await aw_sleep_ms(n);
    return 2 * n;
}

__attribute__((hot, visibility("hidden"))) async int both(int n)
{
    return await placed(&n, 1) + await twice(n);
}

__attribute__((no_instrument_function)) async int main(void)
{
    uintptr_t from = (uintptr_t)code_start, to = (uintptr_t)code_end;

    printf("%d %d\n", await both(5), to > from);
    return 0;
}
