#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds the programs of workloads, each as OUT/WORKLOAD-VARIANT, and names the
# tools that are not on this machine. Fails when a program is not built though
# its tools are here, when a file is none that we know how to build, or when
# there is no program by hand or of ours.
#   build.sh OUT WORKLOAD...      CC=gcc OPT=-O2
. "$(dirname "$0")/../lib.sh"
CC=${CC:-gcc}
OPT=${OPT:--O2}
export CC OPT

if [ "$1" != --one ]; then
    out=$1
    missing=
    shift
    mkdir -p "$out"
    for tool in g++ clang++ rustc go node python3 uv.h; do
        tests/install/deps.sh have "$tool" && continue
        missing="$missing $tool"
        echo "left out: no $tool on this machine (make bench-deps)" >&2
    done
    find_python
    export out missing
    printf '%s\n' "$@" | xargs -P "$JOBS" -n 1 tests/bench/build.sh --one
    exit
fi

here()
{
    case " $missing " in *" $1 "*) return 1 ;; esac
}

# build VARIANT COMMAND ARGUMENT...: a program, or a line why not
build()
{
    program=$root/$out/$w-$1 variant=$1 command=$2
    shift 2
    "$command" -o "$program" "$@" >"$program.log" 2>&1 && return
    rm -f "$program"
    echo "left out: $w-$variant ($(grep -m 1 -iE 'error|not found' \
        "$program.log" || echo "$command fails"))" >&2
    failed=1
    return 1
}

rust()
{
    rust_variant=$1
    shift
    build "$rust_variant" rustc --edition 2021 -C opt-level="${OPT#-O}" \
        -C panic=abort -C codegen-units=1 "$@" "$src"
}

# Go wants to be in the folder of its module.
go_build()
{
    (cd tests/bench && GOCACHE=$root/build/bench/go GOFLAGS=-mod=mod \
        GOPROXY=off exec go build "$@")
}

# script VARIANT COMMAND...: a program for an interpreter
script()
{
    program=$out/$w-$1
    shift
    printf '#!/bin/sh\nexec env %s "$@"\n' "$*" >"$program"
    chmod +x "$program"
}

one()
{
    case ${src##*/} in
    hand.c | heap.c) build "$(basename "$src" .c)" "$CC" "$OPT" "$src" ;;
    ours.aw)
        build ours.c "$AWAITC" --cc="$CC" -Iruntime -Itests/bench "$src" &&
            build ours "$CC" "$OPT" -DNDEBUG "$root/$out/$w-ours.c" \
                "$B/libaw.a" -pthread ;;
    ours.c)
        build ours "$CC" "$OPT" -I. -Iruntime -Itests/bench "$src" \
            "$B/libaw.a" -pthread ;;
    libuv.c) here uv.h && build libuv "$CC" "$OPT" "$src" -luv ;;
    cpp.cpp)
        for cxx in g++ clang++; do
            here $cxx && build $cxx $cxx -std=c++20 "$OPT" "$src"
        done ;;
    rust.rs)
        here rustc || return
        rust rust
        grep -q 'cfg.*(boxed' "$src" && rust rust-box --cfg boxed ;;
    go.go) here go && build go go_build "${src#tests/bench/}" ;;
    node.js) here node && script node node "$src" ;;
    python.py)
        here python3 && script python PYTHONPATH=tests/bench "$PYTHON" -B \
            "$src" ;;
    *.h) ;;
    *)
        echo "$src: no way to build it" >&2
        failed=1 ;;
    esac
}

w=$2
failed=0
rm -f "$out/$w-"*
for src in "tests/bench/$w/"*; do
    one
done
for variant in hand ours; do
    [ -x "$out/$w-$variant" ] && continue
    echo "no $w-$variant" >&2
    failed=1
done
exit $failed
