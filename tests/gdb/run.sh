#!/bin/sh
# SPDX-License-Identifier: MIT
# The commands of runtime/aw-gdb.py print tasks.expect: in a live process, in
# its core file, and loaded by gdb itself. `--accept`
. "$(dirname "$0")/../lib.sh"
. tests/run/lib.sh
begin gdb
have gdb || { skip gdb "no gdb"; finish; exit; }
script=$root/runtime/aw-gdb.py
f=tests/gdb/tasks.aw
export DEBUGINFOD_URLS=''

# debug OPTION...: what gdb prints of the tasks, by -ex and -x OPTION...
debug()
{
    timeout 120 gdb -q -nx -batch -iex 'set auto-load safe-path /' "$@" \
        </dev/null 2>&1 | sed -n '/^-----/,$p' | grep -v '^Saved\|^warning:' |
        sed 's/0x[0-9a-f]*/0x/; s|[^ ]*/look.gdb|look.gdb|'
}

# The last one is an error, which ends the file.
for c in 'aw tasks' 'aw bt' 'aw bt 3' 'aw locals' 'aw locals 6' \
    'aw locals 0 1' 'aw locals 4 2' 'aw locals 2' 'aw locals 99'; do
    printf 'echo ----- %s\\n\n%s\n' "$c" "$c"
done >"$work/look.gdb"

build()
{
    translate $f "$work/tasks.c" gcc &&
        gcc -g "$@" -Iruntime -o "$work/tasks" "$work/tasks.c" \
            "$(library sim release)"
}
for level in -O0 -O2; do
    build $level >"$work/log" 2>&1
    check build$level "tasks.aw does not build" [ -x "$work/tasks" ]
    rm -f "$work/core" "$work/tasks-gdb.py"
    debug -x "$script" -ex 'break look' -ex run -x "$work/look.gdb" \
        -ex "generate-core-file $work/core" "$work/tasks" >"$work/live"
    [ "${1:-}" = --accept ] && cp "$work/live" tests/gdb/tasks.expect
    check live$level "says something else, see $work/live" \
        cmp -s tests/gdb/tasks.expect "$work/live"
    debug -x "$script" -x "$work/look.gdb" "$work/tasks" "$work/core" \
        >"$work/dead"
    check core$level "says something else of a core file, see $work/dead" \
        cmp -s "$work/live" "$work/dead"
    ln -s "$script" "$work/tasks-gdb.py"
    debug -ex 'break look' -ex run -x "$work/look.gdb" "$work/tasks" \
        >"$work/own"
    check auto$level "gdb does not load it, see $work/own" \
        cmp -s "$work/live" "$work/own"
done
finish
