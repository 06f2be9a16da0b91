# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Shared by the runners that compare a plain C program with its async twin
# (asyncify.py). A plain program that does not end by itself in PLAIN_SECONDS
# proves nothing: with LEAVE_OUT it is left out, else a failure.
CONFIGS=${CONFIGS:-O0 O2 clang asan poison}
INCLUDE='-Iruntime -I/usr/include/csmith'
# C23's attributes, which gcc takes unasked.
CLANG='clang -fdouble-square-bracket-attributes'
find_python
# Whose sanitizers: clang's take half the time.
if [ ! "${SANITIZER:-}" ]; then
    SANITIZER=gcc
    tests/install/deps.sh have fuzz && SANITIZER=clang
    export SANITIZER
fi

# sanitized OPTION...
sanitized()
{
    sanitizer=gcc
    [ $SANITIZER = clang ] && sanitizer=$CLANG
    # shellcheck disable=SC2086 # lists of options
    $sanitizer -w -g -O0 $SANITIZE -fno-sanitize=alignment $INCLUDE "$@" -lm
}

# compile CONFIG C-FILE PROGRAM [OPTION...]
compile()
{
    config=$1
    file=$2
    program=$3
    shift 3
    set -- "$@" "$file" build/release/libaw-sim.a -o "$program"
    # shellcheck disable=SC2086 # lists of options
    case $config in
    O0 | poison) gcc -w -O0 $INCLUDE "$@" -lm ;;
    O2) gcc -w -O2 $INCLUDE "$@" -lm ;;
    clang) $CLANG -w -O1 $INCLUDE "$@" -lm ;;
    asan) sanitized "$@" ;;
    esac
}

# run_twin CONFIG C-FILE: what it prints, its status in the last line
run_twin()
{
    if ! compile "$1" "$2" "$d/$1" >"$d/$1.log" 2>&1; then
        fail "$name:$1" "its C does not compile, see $d"
        grep -m 3 -E 'error|undefined' "$d/$1.log"
        return
    fi
    {
        ASAN_OPTIONS=detect_stack_use_after_return=1 timeout 60 "$d/$1" \
            2>"$d/$1.err" </dev/null
        echo "status $?"
    } >"$d/$1.out"
    if cmp -s "$d/plain.out" "$d/$1.out"; then
        ok
        rm -f "$d/$1"
    elif [ "${LEAVE_OUT:-}" ] && grep -q '^status 124' "$d/$1.out" &&
        plain_is_slow "$1"; then
        skip "$name:$1" "the plain program takes its time, too"
    elif [ "$1" = asan ] && sanitizer_objects; then
        skip "$name:$1" "the plain program has this error too"
    elif [ "${LEAVE_OUT:-}" ] && plain_depends "$1"; then
        skip "$name:$1" "the plain program prints other things as well"
    else
        fail "$name:$1" "differs, see $d"
        diff "$d/plain.out" "$d/$1.out" | head -n 4
        grep -m 3 -E 'runtime error|ERROR' "$d/$1.err"
    fi
}

# Whether the sanitizers have a word to say on the plain program itself.
sanitizer_objects()
{
    # shellcheck disable=SC2086 # a list of options
    sanitized $plain_flags "$plain" -o "$d/plain.asan" &&
        ! timeout 60 "$d/plain.asan" >"$d/plain.asan.out" 2>&1 &&
        grep -q -E 'runtime error|ERROR' "$d/plain.asan.out"
}

# Whether the plain program prints something else when it is compiled by CONFIG
# or gcc -O0: a random one with floats too large for an integer.
plain_depends()
{
    for as in O0 "$1"; do
        # shellcheck disable=SC2086 # a list of options
        compile $as "$plain" "$d/plain.$as" $plain_flags || return
        {
            timeout 60 "$d/plain.$as" 2>/dev/null </dev/null
            echo "status $?"
        } >"$d/plain.$as.out"
        cmp -s "$d/plain.out" "$d/plain.$as.out" || return 0
    done
    return 1
}

# Whether the plain program, compiled by CONFIG, takes a sixth of the time that
# a twin has: that may not be enough then, on a busy machine.
plain_is_slow()
{
    # shellcheck disable=SC2086 # a list of options
    compile "$1" "$plain" "$d/plain.$1" $plain_flags || return
    timeout 10 "$d/plain.$1" >"$d/plain.$1.out" 2>&1 </dev/null
    [ $? = 124 ]
}

run_plain()
{
    # shellcheck disable=SC2086 # lists of options
    gcc -w -O1 $INCLUDE $plain_flags "$plain" -lm -o "$d/plain" || return
    timeout "${PLAIN_SECONDS:-3}" "$d/plain" >"$d/plain.out" 2>/dev/null \
        </dev/null
    status=$?
    echo "status $status" >>"$d/plain.out"
    [ $status -lt 124 ]
}

# twin CC [OUT [OPTION]]: the program made async, translated as CC preprocesses
twin()
{
    # shellcheck disable=SC2086 # lists of options
    timeout 60 "$AWAITC" --cc="$1" $INCLUDE $twin_flags $3 \
        -o "$d/${2:-$1}.c" "$d/twin.aw" 2>"$d/${2:-$1}.err" && return
    fail "$name:${2:-$1}" "awaitc fails, see $d"
    grep -m 3 -E 'error|internal|abort' "$d/${2:-$1}.err"
    return 1
}

# same NAME PLAIN.c FOLDER ASYNCIFY-OPTION...: all CONFIGS of one program
same()
{
    name=$1
    plain=$2
    d=$3
    shift 3
    plain_flags='-DASYNC= -DAWAIT='
    twin_flags='-DASYNC=_Async -DAWAIT=_Await'
    if ! run_plain 2>"$d/plain.log"; then
        echo left >>"$RESULTS"
        [ "${LEAVE_OUT:-}" ] || fail "$name" "the plain program fails, see $d"
        return
    fi
    echo program >>"$RESULTS"
    "$PYTHON" tests/same/asyncify.py "$@" "$plain" >"$d/twin.aw" ||
        { fail "$name" "asyncify.py fails"; return; }
    twin gcc || return
    compilers=$(echo "$CONFIGS" | sed "s/asan/$SANITIZER/")
    case $compilers in
    *clang*) have clang && { twin clang || return; } ;;
    esac
    case $CONFIGS in
    *poison*) twin gcc poison --poison || return ;;
    esac
    for config in $CONFIGS; do
        case $config in
        poison) run_twin poison "$d/poison.c" ;;
        clang) have clang && run_twin clang "$d/clang.c" ;;
        asan) run_twin asan "$d/$SANITIZER.c" ;;
        *) run_twin "$config" "$d/gcc.c" ;;
        esac
    done
}
