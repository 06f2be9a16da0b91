#!/bin/sh
# SPDX-License-Identifier: MIT
# What the texts for users say is true: each example of TEXTS compiles without
# warnings and prints what stands below it, on the virtual clock, or is refused
# with the messages below it. Commands run against an installed awaitc.
#   run.sh [TEXT:LINE...]
. "$(dirname "$0")/../lib.sh"
begin reference
TEXTS='README.md grammar/README.md'

# refused DIR: the messages, without the place, are those of DIR/out.
refused()
{
    ! "$AWAITC" -Iruntime -o "$1/main.c" "$1/main.aw" 2>"$1/err" &&
        [ ! -e "$1/main.c" ] &&
        sed -n 's/^[^ ]*:[0-9]*:[0-9]*: \(error: .*\)/\1/p' "$1/err" |
        diff "$1/out" - >"$1/diff"
}

# printed DIR: it prints DIR/out.
printed()
{
    "$AWAITC" -Iruntime -o "$1/main.c" "$1/main.aw" >"$1/err" 2>&1 &&
        gcc -O1 -Wall -Wextra -Werror -Wno-unused-function \
            -Wno-implicit-fallthrough -Iruntime -o "$1/main" "$1/main.c" \
            build/release/libaw-sim.a >"$1/err" 2>&1 || return 1
    timeout 20 "$1/main" >"$1/printed" 2>"$1/err"
    status=$?
    [ -f "$1/out" ] || return $status
    [ $status -lt 124 ] &&
        cat "$1/printed" "$1/err" | diff "$1/out" - >"$1/diff"
}

# commands DIR: what its `run` prints, where awaitc is installed.
commands()
{
    (
        cd "$1" || exit 1
        PATH=$prefix/bin:$PATH
        PKG_CONFIG_PATH=$prefix/lib/pkgconfig
        export PATH PKG_CONFIG_PATH
        sh -e ./run >printed 2>err
    ) && { [ ! -f "$1/out" ] || diff "$1/out" "$1/printed" >"$1/diff"; }
}

if [ "${1:-}" = --one ]; then
    d=$2
    where=$(dirname "${d#"$work"/}" | tr + /):$(cat "$d/line")
    if [ -f "$d/run" ]; then
        what=commands
    elif [ -f "$d/out" ] && grep -q '^error: ' "$d/out"; then
        what=refused
    elif [ -f "$d/main.aw" ]; then
        what=printed
    else
        exit 0
    fi
    if $what "$d"; then
        ok
    else
        fail "$where" "is not true ($what)"
        head -n 12 "$d/err" "$d/diff" 2>/dev/null
    fi
    exit
fi

prefix=$root/$work/prefix
export prefix
make -s install MODE=release PREFIX="$prefix" >"$work/install.log" 2>&1 ||
    fail install "see $work/install.log"
for text in $TEXTS; do
    awk -v into="$work/$(echo "$text" | tr / +)" \
        -f tests/reference/examples.awk "$text"
done
for d in "$work"/*.md/*; do
    at=$(dirname "${d#"$work"/}" | tr + /):$(cat "$d/line")
    case " ${*:-$at} " in *" $at "*) echo "$d" ;; esac
done >"$work/examples"
# shellcheck disable=SC2046 # a list of folders
each $(cat "$work/examples")

# clauses: those of the grammar that the reference does not cite
clauses()
{
    sed -n 's/^(\* \(D[0-9.]*\) \*).*/\1/p' grammar/dialect.ebnf |
        while read -r clause; do
            grep -q "\b$clause\b" grammar/README.md || echo "$clause"
        done
}

# names: those of messages that the reference does not list
names()
{
    sed -n 's/^DIAG([a-z_0-9]*, *[A-Z]*, *"\([^"]*\)".*/\1/p' gen/diag.def |
        while read -r name; do
            grep -q "^|.*\`$name\`" grammar/README.md || echo "$name"
        done
}
check clauses "not in grammar/README.md: $(clauses | xargs)" \
    [ -z "$(clauses)" ]
check names "not in grammar/README.md: $(names | xargs)" [ -z "$(names)" ]
check count "the texts have examples" [ "$(wc -l <"$work/examples")" -gt 0 ]
finish
