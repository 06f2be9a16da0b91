#!/bin/sh
# SPDX-License-Identifier: MIT
# Bytes of the runtime's core: each file as x86-64 -O2 and as Cortex-M0 -Os;
# what a linker keeps of it for programs that use more and more; bytes of a
# task that sleeps. For a small machine without trails of errors, its timers a
# list, and once more a wheel of 5 levels of 16.  size.sh  (needs
# gcc-arm-none-eabi). `size.sh core`: one figure, of the smallest core that has
# all of runtime/README.md's (with events and flags; linked with -flto, a list).
cd "$(dirname "$0")/../.." || exit 2
work=build/bench/size
mkdir -p "$work"
lto=
core='loop task timer gather hold block sync error flag box'
list='-DAW_TRAIL=0 -DAW_WHEEL_BITS=0'
wheel='-DAW_TRAIL=0 -DAW_WHEEL_BITS=4 -DAW_WHEEL_LEVELS=5'
m0='-mthumb -mcpu=cortex-m0 -Os -ffreestanding'
sections='-std=c99 -ffunction-sections -fdata-sections'

# table TITLE SIZE-TOOL CC OPTION...
table()
{
    title=$1 tool=$2
    shift 2
    objects=
    for f in $core; do
        # shellcheck disable=SC2086 # lists of options
        "$@" $sections -c -o "$work/$f.o" "runtime/$f.c" || exit 1
        objects="$objects $work/$f.o"
    done
    [ -z "$title" ] || echo "$title"
    # shellcheck disable=SC2086
    $tool -t $objects | awk 'NR > 1 {
        sub(/.*\//, "", $6); sub(/\.o/, "", $6)
        printf "  %-9s %6d\n", $6 == "" || $6 == "(TOTALS)" ? "all" : $6,
               $1 + $2 }'
}

# A port that does nothing, for the linker.
port()
{
    cat <<'C'
#include "runtime/impl.h"
int awi_port_open(struct aw_loop *l) { return l == 0; }
void awi_port_close(struct aw_loop *l) { (void)l; }
void awi_port_poll(struct aw_loop *l) { (void)l; }
void awi_port_wait(struct aw_loop *l, int64_t t) { (void)l; (void)t; }
void awi_port_wake(struct aw_loop *l) { (void)l; }
int awi_port_fd(struct aw_loop *l) { return l == 0; }
int64_t awi_port_now(void) { return 0; }
int64_t awi_port_now_up(void) { return 0; }
unsigned awi_port_lock(void) { return 0; }
void awi_port_unlock(unsigned was) { (void)was; }
void *awi_port_alloc(size_t size) { return (void *)size; }
void awi_port_free(void *p, size_t size) { (void)p; (void)size; }
void awi_port_report(const aw_error_report *r) { (void)r; }
void awi_port_panic(const char *m, const char *f, unsigned l)
{ (void)m; (void)f; (void)l; for (;;); }
C
}

# linked WHAT SYMBOL...: code that a program which uses these is linked with,
# but for the port; of ours, and the compiler's own (64-bit arithmetic).
linked()
{
    what=$1
    shift
    used="$used $*"
    keep=
    for symbol in $used; do
        keep="$keep -Wl,-u,$symbol"
    done
    # shellcheck disable=SC2086
    rm -f "$work/libaw.a"
    # shellcheck disable=SC2086 # lists of options
    arm-none-eabi-gcc-ar rcs "$work/libaw.a" $objects
    # shellcheck disable=SC2086
    arm-none-eabi-gcc $m0 $lto -nostdlib -Wl,--gc-sections -Wl,-e,awi_run \
        $keep -Wl,-Map="$work/map" -o "$work/linked" "$work/port.o" \
        "$work/libaw.a" -lgcc || exit 1
    awk -v what="$what" '
    /^ \.(text|rodata|data)/ && NF == 1 { getline more; $0 = $0 more }
    /^Linker script/ { inside = 1 }
    inside && /^ \.(text|rodata|data)/ && NF >= 4 {
        n = number($3)
        if ($4 ~ /port\.o/) ; else if ($4 ~ /libgcc/) gcc += n; else ours += n
    }
    END { printf "  %-28s %5d + %d\n", what, ours, gcc }
    function number(hex,   i, v) {
        for (i = 3; i <= length(hex); i++)
            v = v * 16 + index("0123456789abcdef", substr(hex, i, 1)) - 1
        return v
    }' "$work/map"
}

# machine WHAT OPTION...: the core of such a machine. Its port is opaque to the
# linker's optimizer, as a real one is.
machine()
{
    which=$1
    shift
    # shellcheck disable=SC2086 # lists of options
    table "Cortex-M0, -Os, $which:" \
        arm-none-eabi-size arm-none-eabi-gcc $m0 "$@"
    programs "$@"
    lto=-flto which="$which, -flto"
    # shellcheck disable=SC2086
    table '' true arm-none-eabi-gcc $m0 -flto "$@"
    programs "$@"
    lto=
}

# programs OPTION...: what is linked, of the objects that table() compiled
programs()
{
    port >"$work/port.c"
    # shellcheck disable=SC2086
    arm-none-eabi-gcc $m0 "$@" $sections -I. -c -o "$work/port.o" \
        "$work/port.c" || exit 1
    echo "Cortex-M0, linked, $which (+ 64-bit arithmetic of libgcc):"
    used=
    linked 'aw_run, sleep' awi_run awi_sleep
    linked '+ tasks, await, cancel' awi_task_static awi_task_start awi_join \
        awi_unjoin aw_cancel aw_task_release
    linked '+ gather' awi_gather awi_gather_calls awi_gather_init \
        awi_gather_add awi_drain
    linked '+ event, flag' awfr_aw_event_wait aw_event_set awfr_aw_flag_wait \
        aw_flag_set
    linked '+ wait_for, timeout' awi_wait_for awi_wait_for_init \
        awi_timeout_begin awi_timeout_end
}

if [ "${1:-}" = core ]; then
    lto=-flto which=core
    # shellcheck disable=SC2086 # lists of options
    table '' true arm-none-eabi-gcc $m0 -flto $list
    # shellcheck disable=SC2086
    programs $list | awk '/event, flag/ { print $(NF - 2) + $NF }'
    exit
fi
table 'x86-64, -O2:' size gcc -O2
if command -v arm-none-eabi-gcc >/dev/null; then
    # shellcheck disable=SC2086 # lists of options
    machine 'a list of timers' $list
    # shellcheck disable=SC2086
    machine 'a wheel' $wheel
else
    echo 'Cortex-M0: no arm-none-eabi-gcc here'
fi
cat >"$work/task.c" <<'C'
#include "runtime/aw_gen.h"
struct sleeper { struct aw_frame aw; int local; };
char task[sizeof(struct aw_task)], frame[sizeof(struct sleeper)];
C
gcc -I. -c -o "$work/task.o" "$work/task.c" || exit 1
nm -S "$work/task.o" | awk 'function number(hex,   i, v) {
        for (i = 1; i <= length(hex); i++)
            v = v * 16 + index("0123456789abcdef", substr(hex, i, 1)) - 1
        return v
    }
    $4 == "task" { t = number($2) } $4 == "frame" { f = number($2) }
    END { printf "a sleeping task with an int, x86-64: %d + %d = %d\n", t, f,
          t + f }'
