#!/bin/sh
# SPDX-License-Identifier: MIT
# An error that escapes: its code and name, where it was thrown, each await it
# passed; exit status 1. Built with NDEBUG the trail is not kept. An error of
# the same code, thrown and caught in a cleanup or a clause meanwhile, leaves no
# trace in it; each of several that await a task gets its trail.
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

cat >"$work/same.aw" <<'END'
#include <aw.h>
#include <errno.h>

static async int fails(void)
{
    await aw_sleep_ms(1);
    throw EIO;
}

static async int cleans(void)
{
    defer {
        try {
            await fails();
        } catch (EIO) {
        }
    }
    try {
        return await fails();
    } catch (int e) {
        try {
            throw EIO;
        } catch (EIO) {
        }
        throw e;
    } finally {
        int e = await aw_try(fails());
        (void)e;
    }
}

static async void waits(aw_task(int) t)
{
    (void)await t;
}

async int main(void)
{
    aw_task(int) t = aw_create_task(cleans());
    defer aw_task_release(t);
    aw_create_task(waits(t));
    int e = await aw_try(waits(t));
    await aw_sleep_ms(5);
    for (int i = 0; i < 2 && e == EIO; i++) {
        try {
            await aw_wait_for_ms(aw_sleep_ms(5), 1);
        } catch (ETIMEDOUT) {
        }
    }
    await aw_wait_for_ms(waits(t), 1);
    return 0;
}
END
cat >"$work/want-same" <<'END'
Task exception wasn't retrieved
error 5: Input/output error
task waits
  thrown in fails (same.aw:7)
  awaited in cleans (same.aw:19)
  awaited in waits (same.aw:34)
error escaped from main
error 5: Input/output error
  thrown in fails (same.aw:7)
  awaited in cleans (same.aw:19)
  awaited in waits (same.aw:34)
  awaited in main (same.aw:50)
END

# Calls in the end of functions, in whose frames they run.
cat >"$work/tails.aw" <<'END'
#include <aw.h>
#include <errno.h>

static async int fails(int n)
{
    await aw_sleep_ms(n);
    try {
        await aw_sleep_ms(1);
        throw EIO;
    } catch (int e) {
        throw e;
    }
}

static async int passes(int n)
{
    try {
        if (n == 1)
            throw EIO;
        await aw_sleep_ms(1);
    } catch (EIO) {
        n = 2;
    }
    return await fails(n);
}

static async void ends(int n)
{
    await passes(n);
}

async int main(void)
{
    await ends(1);
    return 0;
}
END
cat >"$work/want-tails" <<'END'
error escaped from main
error 5: Input/output error
  thrown in fails (tails.aw:9)
  awaited in passes (tails.aw:24)
  awaited in ends (tails.aw:29)
  awaited in main (tails.aw:34)
END

# escapes NAME OPTION WANT [PROGRAM]: runs it, built with OPTION
escapes()
{
    gcc $2 -Wall -Wextra -Werror -Iruntime -o "$work/$1" \
        "$work/${4:-escapes}.c" \
        "$(library sim release)" >"$work/$1.log" 2>&1
    "$work/$1" >"$work/$1.out" 2>"$work/$1.err"
    check "$1:status" "does not exit with 1" [ $? = 1 ]
    sed "s|(.*/\([a-z]*.aw\)|(\1|" "$work/$1.err" >"$work/$1.got"
    check "$1:text" "prints something else, see $work/$1.got" \
        cmp -s "$work/want$3" "$work/$1.got"
}

if translate "$work/escapes.aw" "$work/escapes.c" gcc >"$work/log" 2>&1 &&
    translate "$work/same.aw" "$work/same.c" gcc >>"$work/log" 2>&1 &&
    translate "$work/tails.aw" "$work/tails.c" gcc >>"$work/log" 2>&1; then
    escapes debug -O0 ''
    escapes release -DNDEBUG -NDEBUG
    escapes same -O0 -same same
    escapes tails -O0 -tails tails
else
    fail build "awaitc fails"
fi
finish
