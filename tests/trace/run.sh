#!/bin/sh
# SPDX-License-Identifier: MIT
# Traces: what aw_trace_to writes is JSON whose slices nest (check.py), on the
# virtual clock and in real time; the core without them is no larger.
. "$(dirname "$0")/../lib.sh"
. tests/run/lib.sh
begin trace
find_python || { skip trace "no python3"; finish; exit; }

# traced PORT CLOCK
traced()
{
    d=$work/$1
    translate tests/trace/tasks.aw "$d.c" gcc && gcc -Iruntime -o "$d" \
        "$d.c" "$(library "$1" release)" -pthread && "$d" 3>"$d.json" &&
        "$PYTHON" tests/trace/check.py "$d.json" "$2"
}
for port in sim epoll; do
    clock=$([ $port = sim ] && echo virtual || echo real)
    traced $port "$clock" >"$work/$port.log" 2>&1
    status=$?
    [ $status = 0 ] || tail -n 5 "$work/$port.log"
    check $port "fails" [ $status = 0 ]
done
"$work/sim" 3>/dev/full
check full "a full disk disturbs the program" [ $? = 0 ]
"$work/sim" 3>&-
check closed "a closed descriptor disturbs the program" [ $? = 0 ]

# What is not there costs nothing: no code and no data of it.
gcc -std=c99 -O2 -ffreestanding -c -o "$work/loop.o" runtime/loop.c
check absent "there are traces in a core without an operating system" \
    [ "$(nm "$work/loop.o" | grep -c 'awi_trace\|tracer_ctx')" = 0 ]
finish
