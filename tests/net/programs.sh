#!/bin/sh
# SPDX-License-Identifier: MIT
# The programs of samples/servers, judged by clients that are not ours. A part
# of tests/net/run.sh; each is built with gcc's sanitizers.  programs.sh NAME
. "$(dirname "$0")/../lib.sh"
. tests/run/lib.sh
begin net

# program NAME: builds it
program()
{
    d=$work/$1
    name=$1
    mkdir -p "$d"
    # shellcheck disable=SC2086 # a list of options
    translate "samples/servers/$1.aw" "$d/x.c" gcc >"$d/log" 2>&1 &&
        gcc -g -O1 -Wall -Wextra -Werror $SANITIZE -Iruntime "$d/x.c" \
            "$(library epoll asan)" -lpthread -o "$d/server" >>"$d/log" 2>&1
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
    "$d/server" "$@" >"$d/port" 2>"$d/err" &
    pid=$!
    read -r port <"$d/port"
}

# stop: gracefully, without complaints
stop()
{
    kill -TERM "$pid"
    wait "$pid"
    check "$name:end" "does not end well: $(head -n 5 "$d/err")" [ $? = 0 ]
}

# status OPTION... URL: of HTTP
status()
{
    curl -s -o "$d/got" -w '%{http_code}' --max-time 20 "$@"
}

# answers STATUS OPTION... URL
answers()
{
    wanted=$1
    shift
    check "$name: $*" "is not answered with $wanted" \
        [ "$(status "$@")" = "$wanted" ]
}

http_files()
{
    www=$work/www
    mkdir -p "$www/sub"
    echo index >"$www/index.html"
    echo below >"$www/sub/index.html"
    : >"$www/empty"
    seq 4000 >"$www/medium"
    seq 400000 >"$www/big"
}

http()
{
    program http
    http_files
    start "$www"
    url=http://127.0.0.1:$port
    answers 200 "$url/" && check http:index "index" grep -q index "$d/got"
    answers 200 "$url/big"
    check http:big "is not the file" cmp -s "$www/big" "$d/got"
    answers 206 -r 1000-1999 "$url/big"
    check http:range "is not the range" \
        [ "$(cat "$d/got")" = "$(tail -c +1001 "$www/big" | head -c 1000)" ]
    answers 206 -r -7 "$url/big"
    check http:suffix "is not the end" [ "$(cat "$d/got")" = "$(tail -c 7 \
        "$www/big")" ]
    answers 416 -r 99999999- "$url/big"
    answers 200 -I "$url/big"
    answers 200 "$url/empty"
    answers 301 "$url/sub"
    answers 200 -L "$url/sub"
    answers 404 "$url/none"
    answers 400 --path-as-is "$url/sub/../../x"
    answers 400 --path-as-is "$url/%2e%2e/x"
    answers 405 -X DELETE "$url/"
    answers 413 -d body "$url/"
    answers 431 -H "X: $(head -c 5000 /dev/zero | tr '\0' a)" "$url/"
    check http:keep "a connection is not used again" [ "$(curl -s \
        --max-time 20 -o "$d/got" -o "$d/got" -w '%{num_connects}' \
        "$url/" "$url/")" = 10 ]
    if have ab; then
        timeout 60 ab -q -k -n 2000 -c 50 "$url/medium" >"$d/ab" 2>&1
        check http:ab "$(tail -n 3 "$d/ab")" \
            grep -q 'Failed requests: *0$' "$d/ab"
    else
        skip http:ab "no ab"
    fi
    stop
    start -t 300 "$www"
    find_python &&
        timeout 60 "$PYTHON" tests/net/http.py "$port" "$pid" >"$d/py" 2>&1
    check http:faults "$(cat "$d/py")" [ $? = 0 ]
    stop
}

have curl || { skip "$1" "no curl"; exit; }
"$1"
