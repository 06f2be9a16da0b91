#!/bin/sh
# SPDX-License-Identifier: MIT
# The port `bare`, in QEMU: samples/firmware, built as it is with what was
# installed, prints what its head says; so do the programs here, in its place.
# As Cortex-M3, and as Cortex-M0, whose code has no atomic instructions.
#     run.sh [NAME]
. "$(dirname "$0")/../lib.sh"
begin firmware

# The core of the runtime fits 4 KiB of a Cortex-M0, as gcc 12 makes it; what
# others make of it is not ours.
core_size()
{
    have arm-none-eabi-gcc || { skip size "no arm-none-eabi-gcc"; return; }
    version=$(arm-none-eabi-gcc -dumpversion)
    size=$(tests/bench/size.sh core 2>"$work/size.log")
    if [ "${version%%.*}" = 12 ] || ! [ "${size:-0}" -gt 4096 ]; then
        check size "the core takes '$size' bytes, more than 4096; \
$(head -n 1 "$work/size.log")" [ "${size:-9999}" -le 4096 ]
    else
        skip size "$size bytes as gcc $version makes it; measured with gcc 12"
    fi
}
if [ $# = 0 ]; then
    core_size
elif [ "$1" = size ]; then
    core_size
    finish
    exit
fi

for tool in arm-none-eabi-gcc qemu-system-arm pkg-config; do
    have $tool || { skip firmware "no $tool"; finish; exit; }
done
PKG_CONFIG_PATH=$root/$work/prefix/lib/pkgconfig
export PKG_CONFIG_PATH

# expected NAME: what it prints
expected()
{
    if [ "$1" = main ]; then
        sed -n 's/^ \*   //p' samples/firmware/main.aw | sed 's/ \*\/$//'
    else
        cat "tests/firmware/$1.out"
    fi
}

# runs NAME CPU: there is no heap in it (the program `allocator` brings one of
# its own), and a second build does nothing
runs()
{
    d="$work/$1 $2"
    cp -r samples/firmware "$d"
    [ "$1" = main ] || cp "tests/firmware/$1.aw" "$d/main.aw"
    expected "$1" >"$d.expect"
    (
        cd "$d" || exit
        [ "$1" != allocator ] || sed -i 's/--no-heap//' Makefile
        make CPU="$2" firmware.elf || exit
        make CPU="$2" -q firmware.elf || { echo 'builds again'; exit 1; }
        ! arm-none-eabi-nm firmware.elf | grep 'malloc\|sbrk' || exit
        timeout 60 make -s CPU="$2" run >"../$1 $2.got" </dev/null || exit
        diff "../$1 $2.expect" "../$1 $2.got"
    ) >"$d.log" 2>&1
    status=$?
    [ $status = 0 ] || tail -n 10 "$d.log"
    check "$1-$2" "fails" [ $status = 0 ]
}

if [ "${1:-}" = --one ]; then
    runs "${2%,*}" "${2#*,}"
    exit
fi
make -s install PREFIX="$root/$work/prefix" >"$work/log" 2>&1
check install "make install fails" [ $? = 0 ]
programs=$(cd tests/firmware && ls ./*.aw | sed 's/^..//; s/\.aw//')
# shellcheck disable=SC2086 # a list of names
[ $# = 0 ] && set -- main $programs
for name in "$@"; do echo "$name,cortex-m3 $name,cortex-m0"; done >"$work/all"
# shellcheck disable=SC2046 # a list of names
each $(cat "$work/all")
finish
