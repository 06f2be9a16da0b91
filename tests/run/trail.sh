#!/bin/sh
# SPDX-License-Identifier: MIT
# An error that escapes: its code and name, where it was thrown, each await it
# passed; exit status 1. Built with NDEBUG the trail is not kept.
. "$(dirname "$0")/../lib.sh"
. tests/run/lib.sh
begin trail

cat >"$work/escapes.aw" <<'END'
#include <aw.h>
#include <errno.h>

static async int reads(int n)
{
    await aw_sleep_ms(1);
    if (n)
        throw EIO;
    return n;
}

static async int cleans(int n)
{
    try {
        return await reads(n);
    } catch (int e) {
        throw e;
    } finally {
        try {
            throw EPIPE;
        } catch (EPIPE) {
        }
    }
}

static async void both(void)
{
    int a;
    await aw_gather(a = cleans(0), a = cleans(1));
}

async int main(void)
{
    aw_task(void) t = aw_create_task(both());
    defer aw_task_release(t);
    await t;
    return 0;
}
END
cat >"$work/want" <<'END'
error escaped from main
error 5: Input/output error
  thrown in reads (escapes.aw:8)
  awaited in cleans (escapes.aw:15)
  awaited in both (escapes.aw:29)
  awaited in main (escapes.aw:36)
END
head -n 2 "$work/want" >"$work/want-NDEBUG"

# escapes NAME OPTION: runs it, built with OPTION
escapes()
{
    gcc $2 -Wall -Wextra -Werror -Iruntime -o "$work/$1" "$work/escapes.c" \
        "$(library sim release)" >"$work/$1.log" 2>&1
    "$work/$1" >"$work/$1.out" 2>"$work/$1.err"
    check "$1:status" "does not exit with 1" [ $? = 1 ]
    sed "s|(.*/escapes.aw|(escapes.aw|" "$work/$1.err" >"$work/$1.got"
    check "$1:text" "prints something else, see $work/$1.got" \
        cmp -s "$work/want$3" "$work/$1.got"
}

if translate "$work/escapes.aw" "$work/escapes.c" gcc >"$work/log" 2>&1; then
    escapes debug -O0 ''
    escapes release -DNDEBUG -NDEBUG
else
    fail build "awaitc fails"
fi
finish
