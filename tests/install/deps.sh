#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs the Debian packages that a job needs and the machine lacks.
#   deps.sh run     compiler and scanner generator, for `make run`
#   deps.sh test    those and what the tests use
#   deps.sh bench   those and what benchmarks compare with
#   deps.sh have X  exit status 0 when tool X (first column) works
# Asks nothing, touches nothing when all is there. A package marked optional
# only makes some test be skipped (or the committed scanner be used).
set -u
export LC_ALL=C

# tool  job  need  package
table()
{
    cat <<'T'
cc      run   must   gcc
libc    run   must   libc6-dev
re2c    run   may    re2c
check   test  must   check
python3 test  must   python3
pkgconf test  must   pkg-config
clang   test  may    clang
clangd  test  may    clangd
ctags   test  may    universal-ctags
vim     test  may    vim
fuzz    test  may    libclang-rt-14-dev
format  test  may    clang-format
gdb     test  may    gdb
cmake   test  may    cmake
ninja   test  may    ninja-build
meson   test  may    meson
mandoc  test  may    mandoc
vg      test  may    valgrind
xz      test  may    xz-utils
groff   test  may    groff
bzip2   test  may    bzip2
csmith  test  may    csmith
csmith.h test may    libcsmith-dev
shellcheck test may  shellcheck
openssl/ssl.h test may libssl-dev
uv.h    test  may    libuv1-dev
glib    test  may    libglib2.0-dev
curl    test  may    curl
openssl test  may    openssl
llhttp  test  may    node-llhttp
ares.h  test  may    libc-ares-dev
curl/curl.h test may libcurl4-openssl-dev
hiredis/async.h test may libhiredis-dev
redis-server test may redis-server
ab      test  may    apache2-utils
arm-none-eabi-gcc test may gcc-arm-none-eabi
arm-libc test may    libnewlib-arm-none-eabi
qemu-system-arm test may qemu-system-arm
redis-cli test may   redis-tools
nc      test  may    netcat-openbsd
g++     bench may    g++
clang++ bench may    clang
rustc   bench may    rustc
go      bench may    golang-go
node    bench may    nodejs
python3 bench may    python3
pkgconf bench may    pkg-config
uv.h    bench may    libuv1-dev
gnuplot bench may    gnuplot-nox
wrk     bench may    wrk
redis-benchmark bench may redis-tools
redis-server bench may redis-server
T
}

has_cmd()
{
    command -v "$1" >/dev/null 2>&1
}

# A program built with clang's fuzzer needs the library, not just the flag.
has_fuzz()
{
    has_cmd clang || return 1
    f=$(clang -print-file-name="libclang_rt.fuzzer-$(uname -m).a")
    [ -f "$f" ] || [ -f "$(clang -print-runtime-dir)/libclang_rt.fuzzer.a" ]
}

has()
{
    case $1 in
    cc) has_cmd "${CC:-cc}" ;;
    libc) echo '#include <stdio.h>' |
        ${CC:-cc} -E -x c - >/dev/null 2>&1 ;;
    pkgconf) has_cmd pkg-config ;;
    check) has_cmd pkg-config && pkg-config --exists check ;;
    fuzz) has_fuzz ;;
    format) has_cmd clang-format ;;
    ctags) ctags --version 2>/dev/null | grep -q '^Universal' ;;
    vg) has_cmd valgrind ;;
    */*.h | uv.h | ares.h) echo "#include <$1>" |
        ${CC:-cc} -E -x c - >/dev/null 2>&1 ;;
    glib) has_cmd pkg-config && pkg-config --exists gio-2.0 ;;
    arm-libc) echo '#include <errno.h>' |
        arm-none-eabi-gcc -E -x c - >/dev/null 2>&1 ;;
    llhttp) [ -f /usr/share/llhttp/llhttp.c ] ;;
    csmith.h) [ -f /usr/include/csmith/csmith.h ] ;;
    *) has_cmd "$1" ;;
    esac
}

# missing JOB NEED: packages to install, on one line
missing()
{
    table | while read -r tool job need package; do
        [ "$need" = "$2" ] || continue
        [ "$job" = run ] || [ "$job" = "$1" ] || continue
        has "$tool" || printf '%s ' "$package"
    done
}

# How to become root without a question; empty for root itself.
find_root()
{
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif has_cmd sudo && sudo -n true 2>/dev/null; then
        as_root='sudo -n'
    else
        return 1
    fi
}

apt()
{
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
        -o Dpkg::Use-Pty=0 "$@" >&2
}

# The lists of a fresh container are empty, those of an old one are stale:
# look for the packages first, and again after one update.
install_packages()
{
    apt install --no-install-recommends "$@" && return
    apt update
    apt install --no-install-recommends "$@"
}

explain()
{
    echo "$0: $1" >&2
    echo "$0: as root: apt-get install $2" >&2
}

job=${1:-run}
if [ "$job" = have ]; then
    has "$2"
    exit
fi
must=$(missing "$job" must)
may=$(missing "$job" may)
[ -n "$must$may" ] || exit 0

if ! has_cmd apt-get; then
    why='no apt-get here, please install what is missing by hand'
elif ! find_root; then
    why='packages are missing, and this is neither root nor sudo'
else
    echo "$0: installing $must$may" >&2
    # shellcheck disable=SC2086 # a list of words
    install_packages $must $may && exit 0
    why='apt-get could not install what is missing'
    must=$(missing "$job" must)
fi
explain "$why" "$must$may"
[ -z "$must" ]
