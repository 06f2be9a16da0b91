#!/bin/sh
# SPDX-License-Identifier: MIT
# What editors and tools that read C make of .aw files: clang with
# aw_editor.h, clangd.  run.sh [NAME...]
. "$(dirname "$0")/../lib.sh"
. tests/run/lib.sh
begin editors
as_c='-fsyntax-only -xc -std=gnu11 -include aw_editor.h -Werror'

# without COMMAND: skips the case when the machine has none
without()
{
    have "$1" && return 1
    skip "$name" "no $1"
}

# Every sample and every run case is C without a warning.
t_clang()
{
    without clang && return
    quiet=
    other=
    for f in $(programs); do
        case $(marker "$f" warnings on) in
        off) other="$other $f" ;;
        *) quiet="$quiet $f" ;;
        esac
    done
    # shellcheck disable=SC2086 # lists
    clang $as_c -Wall -Wextra -Iruntime $quiet >"$log" 2>&1 &&
        clang $as_c -Iruntime $other >>"$log" 2>&1 &&
        [ "$other" ]
}

# The types that clang sees, and that it objects to the wrong ones.
t_types()
{
    without clang && return
    # shellcheck disable=SC2086 # a list of options
    clang $as_c -Iruntime -Xclang -verify tests/editors/types.aw
}

# With the header that awaitc -H writes for a file.
t_frames()
{
    without clang && return
    p=samples/project
    "$AWAITC" -Iruntime -I$p/include -DSHOP_NAME='"x"' -o "$d/shop.c" \
        -H "$d/shop.aw.h" $p/shop.aw
    # shellcheck disable=SC2086 # a list of options
    clang $as_c -Wall -Wextra -Iruntime -I$p/include -I"$d" \
        -DSHOP_NAME='"x"' $p/*.aw
}

# clangd with the settings that are installed, on a share of the files: it
# takes ten times as long as clang.
t_clangd()
{
    without clangd && return
    sed "s|@PREFIX@/include|$root/runtime|" grammar/editors/clangd.in \
        >"$d/.clangd"
    cp samples/*.aw tests/run/s*.aw "$d"
    cd "$d"
    for f in *.aw; do
        XDG_CACHE_HOME=$PWD clangd --check="$f" >"$log" 2>&1 || true
        tail -n 1 "$log" | grep -q ' completed, 0 errors$'
    done
}

if [ "${1:-}" = --one ]; then
    name=$2
    d=$root/$work/$name
    log=$d.log
    mkdir -p "$d"
    (
        set -e
        "t_$name"
    ) >"$d.all" 2>&1
    status=$?
    grep '^skip ' "$d.all" && exit
    [ $status = 0 ] || cat "$log" "$d.all" 2>/dev/null | head -n 20
    check "$name" "fails" [ $status = 0 ]
    exit
fi
[ $# = 0 ] && set -- $(sed -n 's/^t_\([a-z_]*\)()$/\1/p' "$0")
each "$@"
finish
