# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Shared by the runners over whole programs: run cases and samples. A case is
# NAME.aw and NAME.out, its exact output; a comment in it may say
#     ports: sim epoll    where it runs (cases: sim; samples: both)
#     exit: 3             the exit status it ends with
#     warnings: off       that its own C is not free of warnings
programs()
{
    pick tests/run .aw "$@"
    pick samples .aw "$@"
}

# marker FILE WORD DEFAULT
marker()
{
    m=$(sed -n "s|^.*[ *]$2: *\([a-z0-9_ ]*[a-z0-9]\).*|\1|p" "$1" | head -n 1)
    echo "${m:-$3}"
}

ports()
{
    case $1 in
    samples/*) marker "$1" ports 'sim epoll' ;;
    *) marker "$1" ports sim ;;
    esac
}

# library PORT MODE
library()
{
    case $1 in
    epoll) echo "build/$2/libaw.a" ;;
    *) echo "build/$2/libaw-$1.a" ;;
    esac
}

# translate FILE OUT CC [OPTION]: the C of a program as CC preprocesses it.
translate()
{
    timeout 30 "$AWAITC" --cc="$3" ${4:+"$4"} -Iruntime -o "$2" "$1"
}

# translated WHAT OUT CC [OPTION]: the C of $f; a failure when there is none
translated()
{
    what=$1
    shift
    translate "$f" "$@" >"$1.log" 2>&1 && return
    fail "$what" "awaitc fails"
    head -n 10 "$1.log"
    return 1
}

# judge WHAT LOG COMMAND...: it ends in $limit seconds, with $exit (0), and
# prints NAME.out of $f; or says why it cannot run here, with 77. What it prints
# is in LOG.out and LOG.err.
judge()
{
    what=$1
    log=$2
    shift 2
    timeout "$limit" "$@" >"$log.out" 2>"$log.err" </dev/null
    status=$?
    if [ $status = 77 ]; then
        skip "$what" "$(cat "$log.err")"
    elif [ $status != "${exit:-0}" ]; then
        fail "$what" "exit status $status"
        head -n 10 "$log.err"
        tail -n 5 "$log.out"
    elif ! diff -u "${f%.aw}.out" "$log.out" >"$log.diff" 2>&1; then
        fail "$what" "prints something else"
        head -n 12 "$log.diff"
    else
        ok
    fi
}
