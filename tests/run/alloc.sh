#!/bin/sh
# SPDX-License-Identifier: MIT
# No memory: of each program that allocates, the N-th allocation fails, for
# every N (past the 100th a sample of 20). It ends by itself, with all cleaned
# up, under ASan and UBSan: with its usual output, or ENOMEM escapes (status 1),
# or the program handles it and goes on to status 0 or its usual one. Without
# ALLOC_ALL, a share: every fourth program, ALLOC_RUNS (6) failures each,
# another share for each ALLOC_SEED (the time, printed).
#   alloc.sh [NAME...]
. "$(dirname "$0")/../lib.sh"
. tests/run/lib.sh
begin alloc
CALLS='awi_(box_new|boxed_init|mem_new|task_new|group_spawn|gather_tasks_init'
CALLS="$CALLS|gather_each_new)"
export ASAN_OPTIONS=exitcode=99
export UBSAN_OPTIONS=exitcode=99:print_stacktrace=1

# run N: the program with its N-th allocation failing
run()
{
    ALLOC_FAIL=$1 ALLOC_COUNT=$d/count timeout 20 "$d/x" >"$d/$1.out" \
        2>"$d/$1.err" </dev/null
    status=$?
}

# judge N: what ended with $status
judge()
{
    if grep -qE 'runtime error:|Sanitizer' "$d/$1.err"; then
        fail "$name:$1" "a sanitizer objects, see $d/$1.err"
    elif [ $status = "$exit" ] && cmp -s "${f%.aw}.out" "$d/$1.out"; then
        ok
    elif [ $status = 1 ] && grep -q '^error 12: ' "$d/$1.err"; then
        ok
    elif [ "$1" -gt 0 ] && { [ $status = 0 ] || [ $status = "$exit" ]; }; then
        ok
    else
        fail "$name:$1" "exit status $status, see $d/$1.err"
    fi
}

compile()
{
    # shellcheck disable=SC2086 # lists of options
    gcc -w -O0 -g $SANITIZE -Iruntime "$d/x.c" tests/run/alloc.c \
        build/asan/libaw-sim.a -o "$d/x"
}

# Programs whose C calls what allocates.
allocates()
{
    translate "$f" "$d/x.c" gcc >"$d/log" 2>&1 &&
        grep -qE "$CALLS\((&?awf|sizeof)|aw_loop_run_[a-z]*\(\)" "$d/x.c"
}

if [ "${1:-}" = --one ]; then
    f=$2
    name=$(basename "$f" .aw)
    d=$work/$name
    exit=$(marker "$f" exit 0)
    mkdir -p "$d"
    case $(ports "$f") in *sim*) ;; *) exit 0 ;; esac
    allocates || exit 0
    if ! compile >"$d/log" 2>&1; then
        fail "$name" "does not compile, see $d/log"
        exit
    fi
    run 0
    judge 0
    count=$(cat "$d/count")
    n=1
    [ "$ALLOC_FIRST" = 0 ] && n=$((1 + ALLOC_SEED % (count / ALLOC_RUNS + 1)))
    while [ $n -le "$count" ]; do
        run $n
        judge $n
        left=$((count - ALLOC_FIRST))
        [ $n -lt "$ALLOC_FIRST" ] || n=$((n + (left - 1) / ALLOC_RUNS))
        n=$((n + 1))
    done
    exit
fi

export ALLOC_SEED="${ALLOC_SEED:-$(date +%s)}"
export ALLOC_FIRST=0 ALLOC_RUNS="${ALLOC_RUNS:-6}"
if [ "${ALLOC_ALL:-}" ]; then
    ALLOC_FIRST=100 ALLOC_RUNS=20
else
    echo "ALLOC_SEED=$ALLOC_SEED"
fi
set -- $(programs "$@")
[ "${ALLOC_ALL:-}" ] || [ $# = 1 ] ||
    set -- $(printf '%s\n' "$@" | awk -v s="$ALLOC_SEED" 'NR % 4 == s % 4')
each "$@"
finish
