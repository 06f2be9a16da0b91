#!/bin/sh
# SPDX-License-Identifier: MIT
# `make install` with PREFIX and DESTDIR, and a program built out of it with
# nothing but pkg-config; deps.sh without a need to do anything.
. "$(dirname "$0")/../lib.sh"
begin install
to=$root/$work/root

make -s install PREFIX=/opt/aw DESTDIR="$to" >"$work/log" 2>&1
check make "make install fails" [ $? = 0 ]
(cd "$to/opt/aw" && find . -type f | sort) >"$work/files"
check files "unexpected set of files: $(tr '\n' ' ' <"$work/files")" \
    cmp -s tests/install/files.expect "$work/files"
check nothing-else "files outside the prefix" \
    [ "$(find "$to" -type f | wc -l)" = "$(wc -l <"$work/files")" ]

# As a user would, in a folder of their own. The compiler is found beside the
# headers through pkg-config's variable.
user_build()
{
    PKG_CONFIG_PATH=$to/opt/aw/lib/pkgconfig
    PKG_CONFIG_SYSROOT_DIR=$to
    export PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR
    mkdir -p "$work/user" && cp samples/03_gather.aw "$work/user" &&
        cd "$work/user" || return
    flags=$(pkg-config --cflags aw)
    libs=$(pkg-config --libs aw)
    awaitc=$(pkg-config --variable=awaitc aw)
    # shellcheck disable=SC2086 # lists of options
    "$to${awaitc#"$to"}" $flags 03_gather.aw &&
        cc -c $flags 03_gather.c &&
        cc -o gather 03_gather.o $libs &&
        ./gather 2>/dev/null | cmp - "$root/samples/03_gather.out"
}
(user_build) >>"$work/log" 2>&1
check program "a program built from the installed files fails" [ $? = 0 ]
grep -q 'error\|differ' "$work/log" && tail -n 10 "$work/log"

check deps "deps.sh speaks where nothing is missing" \
    [ -z "$(tests/install/deps.sh run 2>&1)" ]
finish
