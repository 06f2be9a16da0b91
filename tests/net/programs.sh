#!/bin/sh
# SPDX-License-Identifier: MIT
# The programs of samples/servers, judged by clients that are not ours. A part
# of tests/net/run.sh; each is built with gcc's sanitizers. What is done with
# one is NAME.sh here.  programs.sh NAME
. "$(dirname "$0")/../lib.sh"
. tests/run/lib.sh
begin net

# program NAME: builds it, a file or a folder with C of its own
program()
{
    d=$work/$1
    name=$1
    mkdir -p "$d"
    src=samples/servers/$1.aw
    more=
    [ -f "$src" ] || {
        src=samples/servers/$1/$1.aw
        more="-Isamples/servers/$1 $(echo "samples/servers/$1"/*.c)"
    }
    # shellcheck disable=SC2086 # lists
    translate "$src" "$d/x.c" gcc >"$d/log" 2>&1 &&
        gcc -g -O1 -Wall -Wextra -Werror $SANITIZE -Iruntime "$d/x.c" $more \
            "$(library epoll asan)" -lpthread -o "$d/server" >>"$d/log" 2>&1 &&
        { ! have clang || {
            translate "$src" "$d/clang.c" clang >>"$d/log" 2>&1 &&
                clang -Wall -Wextra -Werror -fsyntax-only -Iruntime \
                    "$d/clang.c" $more >>"$d/log" 2>&1
        }; }
    if [ $? != 0 ]; then
        fail "$name" "does not build"
        head -n 10 "$d/log"
        exit
    fi
}

# start [OPTION...]: the program; $port is where.
start()
{
    rm -f "$d/port"
    mkfifo "$d/port"
    # what a shell leaves behind would ignore SIGINT
    env --default-signal=INT "$d/server" "$@" >"$d/port" 2>"$d/err" &
    pid=$!
    read -r port <"$d/port"
}

# ended: gracefully, without complaints
ended()
{
    wait "$pid"
    check "$name:end" "does not end well: $(head -n 5 "$d/err")" [ $? = 0 ]
}

stop()
{
    kill -TERM "$pid"
    ended
}

# interrupted TEXT [OPTION...]: with many clients that have said as much, it
# ends cleanly; the sanitizer looks for what is left
interrupted()
{
    find_python || { skip "$name:interrupted" "no python3"; return; }
    text=$1
    shift
    start "$@"
    timeout 60 "$PYTHON" -B tests/net/interrupt.py "$port" "$pid" "$text" \
        >"$d/py" 2>&1 || kill -KILL "$pid"
    wait "$pid"
    status=$?
    check "$name:interrupted" "$status: $(tail -n 3 "$d/py" "$d/err")" \
        [ $status = 130 ]
}

# wrong: the client of that name in Python, which does wrong; when it fails the
# server ends
wrong()
{
    find_python || { skip "$name:wrong" "no python3"; return; }
    timeout 100 "$PYTHON" -B "tests/net/$name.py" "$port" "$pid" \
        >"$d/py" 2>&1
    status=$?
    check "$name:wrong" "$(tail -n 5 "$d/py")" [ $status = 0 ]
    [ $status = 0 ] || kill -TERM "$pid"
}

# shellcheck source=/dev/null
. "tests/net/$1.sh"
