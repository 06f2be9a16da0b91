#!/bin/sh
# SPDX-License-Identifier: MIT
# Descriptors, sockets, threads, signals and processes: each program prints
# NAME.out on each port it is for, with gcc's sanitizers (ports sim and epoll:
# with gcc -O2, too), and leaves no descriptor open. A comment in it may say
#     ports: sim epoll poll   where it runs (epoll poll uv)
#     pkg: glib-2.0           a library that it needs, by pkg-config
#     flags: -I/usr/include/x /usr/lib/x.c    one that pkg-config lacks
#     wrap: accept4 poll      functions that it defines as __wrap_NAME
#     faults: yes             it runs to an end as well when a call of the
#                             system fails: see faults.c, and FAULT_EVERY
# So do the recipes of samples, on epoll; with/NAME.sh starts what one talks to
# and prints what has come of it. And the programs of samples/servers:
# programs.sh.
#   run.sh [NAME...]
. "$(dirname "$0")/../lib.sh"
. tests/run/lib.sh
begin net

# wanted: $cflags and $with, the library that $f needs; without it skips $f
wanted()
{
    pkg=$(sed -n 's/^.* pkg: *\([^ ]*\).*/\1/p' "$f")
    flags=$(sed -n 's/^.* flags: *//p' "$f")
    cflags=
    with=
    for flag in $flags; do
        case $flag in
        -I*) cflags="$cflags $flag" ;;
        *) with="$with $flag" ;;
        esac
        [ -e "${flag#-I}" ] || { skip "$name" "no ${flag#-I}"; exit; }
    done
    if [ "$pkg" ]; then
        pkg-config --exists "$pkg" || { skip "$name" "no $pkg"; exit; }
        cflags=$(pkg-config --cflags "$pkg")
        with=$(pkg-config --libs "$pkg")
    fi
}

# build PROGRAM OPTION...: $name of its C.
build()
{
    program=$1
    shift
    # shellcheck disable=SC2086 # lists
    gcc -g -w -Iruntime $cflags "$d/x.c" "$@" -o "$program" $libs \
        >"$program.log" 2>&1
}

# built WHAT PROGRAM OPTION...: builds and runs it
built()
{
    what=$1
    shift
    if build "$@"; then
        judge "$what" "$1" ${by:+"$by"} "$1"
    else
        fail "$what" "does not build"
        head -n 10 "$1.log"
    fi
}

# Calls of the system that fail, each one of them once; with FAULT_EVERY=4
# every fourth, from one that the time chooses.
faults()
{
    failing=$(sed -n 's|^WRAP([^,]*, \([a-z0-9_]*\),.*|-Wl,--wrap=\1|p' \
        tests/net/faults.c)
    failing="$failing -Wl,--wrap=pthread_create,--wrap=posix_spawnp"
    # shellcheck disable=SC2086,SC2046 # lists of options
    if ! build "$d/faults" -O0 $SANITIZE $failing tests/net/faults.c \
        $(library "$1" asan); then
        fail "$name:faults" "does not build"
        head -n 10 "$d/faults.log"
        return
    fi
    every=${FAULT_EVERY:-1}
    n=$(($(date +%s) % every + 1 - every))
    status=0
    while [ $status = 0 ] && [ $n -lt 400 ]; do
        n=$((n + every))
        FAULT=$n timeout 30 "$d/faults" >"$d/faults.out" 2>"$d/faults.err"
        status=$?
    done
    # 77: there is no call of that number
    if [ $status != 77 ]; then
        fail "$name:faults:$1" "call $n fails: exit status $status"
        head -n 10 "$d/faults.err"
    else
        ok
    fi
}

if [ "${1:-}" = --one ]; then
    f=$2
    name=$(basename "$f" .aw)
    d=$work/$name
    mkdir -p "$d"
    ports='epoll poll uv'
    case $f in samples/*) ports=epoll ;; esac
    wanted
    translated "$name" "$d/x.c" "gcc $cflags" -Itests/net || exit
    by=tests/net/with/$name.sh
    [ -x "$by" ] || by=
    limit=30
    wraps=
    for function in $(marker "$f" wrap ''); do
        wraps="$wraps -Wl,--wrap=$function"
    done
    for port in $(marker "$f" ports "$ports"); do
        [ -f "$(library "$port" asan)" ] ||
            { skip "$name:$port" "no such library"; continue; }
        libs="$wraps $with -lpthread"
        [ "$port" = uv ] && libs="$wraps -luv -lpthread"
        [ "$port" = poll ] || [ "$port" = uv ] ||
            built "$name:$port" "$d/$port" -O2 "$(library "$port" release)"
        # shellcheck disable=SC2086 # a list of options
        built "$name:$port:asan" "$d/$port-asan" -O0 $SANITIZE \
            "$(library "$port" asan)"
        [ "$(marker "$f" faults no)" = no ] || [ "$port" = uv ] ||
            faults "$port"
    done
    exit
fi
each $(pick tests/net .aw "$@"; pick samples/recipes .aw "$@")
[ $# = 0 ] && set -- cores http redis socks fetch chat
for program in "$@"; do
    [ ! -f "tests/net/$program.sh" ] || echo "$program"
done | xargs -r -P "$JOBS" -n 1 tests/net/programs.sh
finish
