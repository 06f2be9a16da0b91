#!/bin/sh
# SPDX-License-Identifier: MIT
# What we believe about C is what the compilers say: types.c writes it down as
# static assertions behind the input itself, and gcc (for headers clang too)
# compiles that; so do the bytes of --dump=frame for run cases and samples.
#   types.sh [HEADERS], a list of files with names of headers;
# the default is a choice of what is installed.
. "$(dirname "$0")/../lib.sh"
begin types
types=$root/$B/types

# believe CASE COMPILER FLAG...: the assertions about $work/CASE.c hold
believe()
{
    name=$1
    cc=$2
    shift 2
    t=$work/$name.$cc
    if ! "$cc" -w -D_GNU_SOURCE "$@" -E "$work/$name.c" -o "$t.i" \
        2>/dev/null; then
        skip "$name" "$cc does not preprocess it"
        return
    fi
    "$types" check "$t.i" >"$t.c" 2>"$t.err"
    if [ -s "$t.err" ]; then
        fail "$name" "not read: $(head -n 1 "$t.err")"
        return
    fi
    check "$name" "$cc disagrees, see $t.out" \
        "$cc" -w -fsyntax-only "$t.c" 2>"$t.out"
}

# Each header that stands alone; what needs more than itself is left out.
headers()
{
    for h in aio arpa/inet check complex dirent dlfcn elf errno fcntl fenv \
        ftw getopt glob grp ifaddrs inttypes langinfo link locale malloc math \
        mqueue net/if netdb netinet/in netinet/ip netinet/tcp poll pthread \
        pty pwd regex sched search semaphore setjmp signal spawn stdatomic \
        stdbool stdio stdlib string sys/epoll sys/inotify sys/ipc sys/mman \
        sys/ptrace sys/resource sys/select sys/socket sys/stat sys/timerfd \
        sys/uio sys/un sys/wait syslog termios threads time ucontext unistd \
        utmpx wchar wctype linux/io_uring linux/if_packet linux/perf_event \
        linux/bpf linux/kvm linux/videodev2 linux/netlink uv zlib openssl/ssl \
        openssl/evp openssl/x509v3 sqlite3 curses expat glib gio/gio; do
        echo '#include <stddef.h>' >"$work/one.c"
        echo "#include <$h.h>" >>"$work/one.c"
        # shellcheck disable=SC2086 # a list of flags
        cc -w -D_GNU_SOURCE $glib -fsyntax-only "$work/one.c" 2>/dev/null &&
            tail -n 1 "$work/one.c"
    done
}

glib=$(pkg-config --cflags gio-2.0 2>/dev/null)
"$types" gen >"$work/generated.c"
if [ $# = 0 ]; then
    headers >"$work/headers.c"
else
    sed 's/.*/#include <&>/' "$@" >"$work/headers.c"
fi
echo '#include <immintrin.h>' >"$work/simd.c"
"$types" arith >"$work/arith.c"
if have gcc; then
    believe generated gcc
    believe simd gcc
    check arith "gcc disagrees" gcc -w -fsyntax-only "$work/arith.c"
fi
# frames FILE: its C, and behind it the bytes of each frame as assertions
frames()
{
    name=frames/$(basename "$1" .aw)
    f=$work/$name
    "$AWAITC" --cc=gcc -Iruntime -o "$f.c" "$1" &&
        "$AWAITC" --cc=gcc -Iruntime --dump=frame -o "$f.dump" "$1" || {
        fail "$name" "awaitc does not take it"
        return
    }
    sed -n 's/^frame \([^:]*\): \(.*\) bytes.*/_Static_assert(\
        sizeof(struct awf_\1) == \2, "\1");/p' "$f.dump" >>"$f.c"
    check "$name" "gcc disagrees, see $f.out" \
        gcc -w -fsyntax-only -Iruntime "$f.c" 2>"$f.out"
}

if have gcc; then
    mkdir -p "$work/frames"
    for f in tests/run/*.aw samples/*.aw; do
        frames "$f"
    done
fi
for cc in gcc clang; do
    # shellcheck disable=SC2086 # a list of flags
    have $cc && believe headers $cc $glib
done
finish
