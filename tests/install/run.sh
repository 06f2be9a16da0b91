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
# libaw-uv.a is built where libuv is.
pkg-config --exists libuv || echo ./lib/libaw-uv.a >>"$work/files"
sort -o "$work/files" "$work/files"
check files "unexpected set of files: $(tr '\n' ' ' <"$work/files")" \
    cmp -s tests/install/files.expect "$work/files"
check nothing-else "files outside the prefix" \
    [ "$(find "$to" -type f | grep -vc '/opt/aw/')" = 0 ]

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

# The template project, built out of the installed prefix by the command
# `built`: a second build does nothing, a changed header of a .aw file builds
# all that depends on it.
rebuilds()
{
    built && [ "$($shop)" = "$(printf 'pieces: 2\npieces: 1\n%s' \
        'corner shop: 700')" ] || return
    cp -p $shop old && built && [ ! "$(find $shop -newer old)" ] || return
    sleep 1.1
    echo 'struct sale { int x, pieces, cents; }; void log_line(const char *,
        int);' >include/shop.h
    sed -i 's/{2, 150}/{0, 3, 150}/; s/{1, 400}/{0, 1, 400}/' main.aw
    built && [ "$(find $shop -newer old)" ] &&
        [ "$($shop | tail -n 1)" = 'corner shop: 850' ]
}

make_build()
{
    shop=./shop
    built() { make; }
    rebuilds
}

meson_build()
{
    shop=build/shop
    built() { ninja -C build; }
    meson setup build && rebuilds
}

cmake_build()
{
    shop=build/shop
    built() { cmake --build build; }
    cmake -G "$1" -B build -DCMAKE_PREFIX_PATH="$prefix" \
        -DCMAKE_EXPORT_COMPILE_COMMANDS=ON . && rebuilds || return
    # what editors are told about a .aw file is enough for a compiler
    find_python || return 0
    "$PYTHON" -c 'import json, subprocess
for c in json.load(open("build/compile_commands.json")):
    if c["file"].endswith(".aw"):
        print(c["command"])
        subprocess.run(c["command"] + " -fsyntax-only -Wall -Werror",
                       shell=True, check=True, cwd=c["directory"])' |
        grep -c aw_editor.h | grep -qx 2
}

# template NAME COMMAND...: in a copy of the project
template()
{
    p="$root/$work/with $1"
    cp -r samples/project "$p"
    shift
    (cd "$p" && "$@") >"$p.log" 2>&1
    status=$?
    [ $status = 0 ] || tail -n 10 "$p.log"
    check "${p##*/}" "the template project does not build" [ $status = 0 ]
}
# These find the installed files by pkg-config, as they are.
prefix=$root/$work/prefix
make -s install PREFIX="$prefix" >"$work/log" 2>&1
check prefix "make install fails" [ $? = 0 ]
PKG_CONFIG_PATH=$prefix/lib/pkgconfig
export PKG_CONFIG_PATH
template make make_build &
if ! have cmake; then
    skip cmake "no cmake"
else
    template make-by-cmake cmake_build 'Unix Makefiles' &
    if have ninja; then template ninja cmake_build Ninja &
    else skip ninja "no ninja"; fi
fi
if have meson && have ninja; then template meson meson_build &
else skip meson "no meson"; fi
wait

# Blanks in PREFIX and DESTDIR; make itself has no names with blanks, so aw.mk
# is not for these.
blanks()
{
    make -s install PREFIX="/opt/a w" DESTDIR="$root/$work/dest dir" || return
    (cd "$root/$work/dest dir/opt/a w" && find . -type f | sort) |
        cmp - "$root/$work/files" || return
    own="$root/$work/own prefix"
    make -s install PREFIX="$own" || return
    mkdir -p "$work/blanks" && cp samples/03_gather.aw "$work/blanks" &&
        cd "$work/blanks" || return
    export PKG_CONFIG_PATH="$own/lib/pkgconfig"
    eval "'$(pkg-config --variable=awaitc aw)' $(pkg-config --cflags aw) \
        03_gather.aw && cc -o gather 03_gather.c $(pkg-config --cflags \
        --libs aw)" && ./gather 2>/dev/null |
        cmp - "$root/samples/03_gather.out"
}
(blanks) >"$work/blanks.log" 2>&1
check blanks "fails with blanks in the names, see $work/blanks.log" [ $? = 0 ]
if have cmake; then
    prefix="$root/$work/own prefix"
    template blanks-cmake cmake_build 'Unix Makefiles'
fi

# A library with a program of ours and the runtime in it; the runtime alone as
# one, of which generated code has to be told.
shared_build()
{
    echo 'int gather(void); int main(void) { return gather(); }' >host.c
    gcc -fPIC -shared -Dmain=gather -I. -o libwhole.so 03_gather.c aw.c \
        port_epoll.c -pthread && gcc -o whole host.c ./libwhole.so &&
        ./whole 2>/dev/null | cmp - "$root/samples/03_gather.out" &&
        gcc -fPIC -shared -I. -o libaw.so aw.c port_epoll.c -pthread &&
        gcc -DAWF_TLS='"initial-exec"' -o user 03_gather.c ./libaw.so &&
        ./user 2>/dev/null | cmp - "$root/samples/03_gather.out"
}

# The runtime as one file, with each port; the core alone asks for nothing but
# a port.
dist_build()
{
    d=$root/$work/dist
    strict='-std=c99 -Wall -Wextra -Wpedantic -Werror'
    make -s dist && cp -r build/dist "$d" &&
        cp samples/03_gather.aw samples/08_queues.aw "$d" && cd "$d" || return
    "$AWAITC" -I. 03_gather.aw && "$AWAITC" -I. 08_queues.aw || return
    # shellcheck disable=SC2086 # a list of options
    gcc $strict -c aw.c && gcc $strict -DAW_FREESTANDING -ffreestanding \
        -c -o core.o aw.c || return
    nm -u core.o | grep -v ' awi_port_\|_GLOBAL_\| w \| mem[a-z]*$' && return 1
    for port in epoll poll sim; do
        # shellcheck disable=SC2086 # a list of options
        gcc $strict -I. -o gather 03_gather.c aw.o port_$port.c -pthread &&
            gcc $strict -I. -o queues 08_queues.c aw.o port_$port.c -pthread &&
            ./gather 2>/dev/null | cmp - "$root/samples/03_gather.out" &&
            ./queues | cmp - "$root/samples/08_queues.out" || return
    done
    "$AWAITC" -I. aw_net.aw && gcc -w -I. -c aw_net.c || return
    shared_build || return
    have g++ || return 0
    for h in aw.h aw_io.h; do
        # the same for every standard since C++11
        echo "#include \"$h\"" | g++ -x c++ -std=c++11 -Wall -Wextra \
            -Wpedantic -Werror -fsyntax-only -I. - || return
    done
}
(dist_build) >"$work/dist.log" 2>&1
check dist "the runtime in few files does not build or work, see \
$work/dist.log" [ $? = 0 ]

check deps "deps.sh speaks where nothing is missing" \
    [ -z "$(tests/install/deps.sh run 2>&1)" ]
finish
