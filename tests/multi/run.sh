#!/bin/sh
# SPDX-License-Identifier: MIT
# Programs of several files. NAME/build, a script run with `set -e` in a copy
# of its folder, makes ./prog, which prints NAME/NAME.out; without that the
# script itself is the test. Everything with gcc -O2 under all the warnings,
# with gcc's sanitizers, and with clang.  run.sh [NAME...]
. "$(dirname "$0")/../lib.sh"
begin multi

# Words of the build scripts.
CFLAGS='-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -g'

# unit FILE.aw [OPTION...]: its object.
unit()
{
    unit_file=$1
    shift
    "$AWAITC" --cc="$compiler" -I"$root/runtime" -I. "$@" "$unit_file" ||
        return
    # shellcheck disable=SC2086 # a list of options
    $compiler $CFLAGS $mode -c "${unit_file%.aw}.c"
}

# frames FILE.aw: the header FILE.aw.h as well.
frames()
{
    frames_file=$1
    shift
    unit "$frames_file" -H "$frames_file.h" "$@"
}

# plain FILE.c: an object of plain C.
plain()
{
    # shellcheck disable=SC2086 # a list of options
    $compiler $CFLAGS $mode -I"$root/runtime" -c "$1"
}

# link NAME...: the objects of NAMEs.
link()
{
    # shellcheck disable=SC2046,SC2086 # lists
    $compiler $CFLAGS $mode -o prog $(printf '%s.o ' "$@") \
        "$root/build/$library/libaw-sim.a" $ldflags
}

# fails TEXT COMMAND...: it fails, and says TEXT.
fails()
{
    text=$1
    shift
    if ("$@") >fails.log 2>&1; then
        echo "does not fail: $*"
        return 1
    fi
    grep -qF -- "$text" fails.log && return
    echo "does not say '$text':"
    cat fails.log
    return 1
}

# one NAME CONFIG COMPILER LIBRARY MODE...
one()
{
    name=$1:$2
    d=$work/$1-$2
    compiler=$3
    library=$4
    shift 4
    mode=$*
    ldflags=
    out=${name%:*}.out
    have "$compiler" || { skip "$name" "no $compiler"; return; }
    [ -f "$root/build/$library/libaw-sim.a" ] ||
        { skip "$name" "no $library library"; return; }
    rm -rf "$d"
    cp -r "tests/multi/${name%:*}" "$d"
    (
        cd "$d" || exit 1
        set -e
        # shellcheck source=/dev/null
        . ./build
        [ ! -f "$out" ] || ./prog >printed
    ) >"$d.log" 2>&1
    if [ $? != 0 ]; then
        fail "$name" "does not build or run"
        head -n 12 "$d.log"
    elif [ -f "$d/$out" ] && ! diff -u "$d/$out" "$d/printed" >"$d.log"; then
        fail "$name" "prints something else"
        head -n 12 "$d.log"
    else
        ok
    fi
}

if [ "${1:-}" = --one ]; then
    one "$2" gcc gcc release -O2
    # shellcheck disable=SC2086 # a list of options
    one "$2" asan gcc asan -O1 $SANITIZE
    one "$2" clang clang release -O1
    exit
fi
[ $# = 0 ] && set -- $(find tests/multi -name build -type f | sort |
    sed 's|tests/multi/\(.*\)/build|\1|')
each "$@"
finish
