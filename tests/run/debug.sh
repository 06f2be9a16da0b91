#!/bin/sh
# SPDX-License-Identifier: MIT
# With cc -g, gdb works on the .aw file: breaks on its lines, lists it, prints
# locals before and after a suspension.
. "$(dirname "$0")/../lib.sh"
. tests/run/lib.sh
begin debug
have gdb || { skip gdb "no gdb"; finish; exit; }
f=samples/03_gather.aw

# line TEXT: of the first line of the sample that holds it
line()
{
    grep -nF "$1" $f | head -n 1 | cut -d: -f1
}

translate $f "$work/gather.c" gcc >"$work/log" 2>&1 &&
    gcc -g -O0 -Iruntime -o "$work/gather" "$work/gather.c" \
        "$(library sim release)" >>"$work/log" 2>&1
check build "03_gather does not build with -g" [ -x "$work/gather" ]

DEBUGINFOD_URLS='' timeout 60 gdb -q -nx -batch \
    -ex "break 03_gather.aw:$(line 'await aw_sleep_ms')" \
    -ex "break 03_gather.aw:$(line 'return name;')" \
    -ex run -ex 'print name' -ex 'print delay_ms' -ex list \
    -ex 'delete 1' -ex continue -ex 'print name' -ex bt \
    "$work/gather" >"$work/gdb" 2>&1 </dev/null

# says NAME MESSAGE REGEX: gdb said a line that matches
says()
{
    check "$1" "$2" grep -q "$3" "$work/gdb"
}
says break "does not stop in the .aw file" 'fetch.*samples/03_gather\.aw:'
says local "no local before the await" '^\$1 = .*"a"$'
says number "no parameter" '^\$2 = 100$'
says list "does not list the .aw file" \
    "^$(line 'await aw_sleep_ms').*await aw_sleep_ms(delay_ms);"
says resumed "no local after the await" '^\$3 = .*"c"$'
says bt "no frame of the program in the backtrace" '^#0 .*03_gather\.aw:'
finish
