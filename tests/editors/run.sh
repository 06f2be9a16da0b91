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

# Every function that clang compiles is in the index of ctags.
t_ctags()
{
    without clang && return
    tests/install/deps.sh have ctags ||
        { skip "$name" "no universal ctags"; return; }
    for f in $(programs); do
        o=$(basename "$f" .aw)
        # shellcheck disable=SC2086 # a list of options
        clang ${as_c#-fsyntax-only} -w -Iruntime -c -o "$d/$o.o" "$f"
        nm "$d/$o.o" | sed -n "s|^.* [tT] \([a-z_0-9]*\)\$|$f \1|p"
    done | sort >"$d/compiled"
    # FORM: a macro of a case that stands for functions, without a semicolon
    ctags --options=grammar/editors/aw.ctags -I FORM+ -x --c-kinds=f \
        $(programs) |
        awk '{print $4, $1}' | sort -u >"$d/tags"
    [ "$(wc -l <"$d/compiled")" -gt 200 ]
    comm -23 "$d/compiled" "$d/tags" >"$log"
    [ ! -s "$log" ]
}

# Each word and form has its colour, and C still has its own.
t_vim()
{
    without vim && return
    words=$(sed -n 's/^\(WORD\|FORM\)([A-Z_]*, "\([a-z_]*\)".*/\2/p;
        s/^WORD.*"\(_[A-Z][a-z]*\)").*/\1/p' grammar/token.def)
    [ "$(echo "$words" | wc -l)" -gt 30 ]
    vim=$root/grammar/editors/vim
    script=$root/tests/editors/words.vim
    cd "$d"
    printf '%s\n' $words int awaits >words.aw
    HOME=$d vim -N -u NONE -i NONE -es --cmd "set rtp^=$vim" \
        -c 'filetype plugin indent on' -c 'syntax on' -c 'edit words.aw' \
        -S "$script" </dev/null
    [ "$(sed -n 1p groups)" = 'awaitc 1' ]
    sed 1d groups | grep -v ' awaitc[A-Z]' >others || true
    [ "$(tr '\n' , <others)" = 'int cType,awaits ,' ]
}

t_vscode()
{
    find_python || { skip "$name" "no python"; return; }
    "$PYTHON" tests/editors/grammar.py
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
