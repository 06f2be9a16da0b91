#!/bin/sh
# SPDX-License-Identifier: MIT
# Servers: ours beside an epoll loop written by hand and libuv, in turns, the
# same client on the same machine. `echo`: round trips a second of 64 bytes;
# `http`: requests a second, a page of 13 bytes, connections kept (needs wrk, a
# thread a core: with one it is slower than any of the servers). Processor time
# is the server's.
#   [CONNECTIONS=50] [TRIPS=200000] [SECONDS_EACH=3] [ROUNDS=5] net.sh [NAME...]
cd "$(dirname "$0")/../.." || exit 2
CC=${CC:-cc}
connections=${CONNECTIONS:-50}

# build NAME: its servers; $servers are those that this machine can build
build()
{
    src=tests/bench/$1
    out=build/bench/$1
    mkdir -p "$out"
    build/release/awaitc -Iruntime -o "$out/ours.c" "$src/ours.aw" &&
        "$CC" -O2 -Iruntime -o "$out/ours" "$out/ours.c" \
            build/release/libaw.a -lpthread &&
        "$CC" -O2 -o "$out/hand" "$src/hand.c" || exit 1
    servers='hand ours'
    pkg-config --exists libuv &&
        "$CC" -O2 -o "$out/uv" "$src/uv.c" -luv && servers="$servers uv"
}

# How often $port answered: how often a second, how often at all.
play_echo()
{
    "$out/client" "$port" "$connections" "${TRIPS:-200000}"
}

play_http()
{
    wrk -t"$(nproc)" -c"$connections" -d"${SECONDS_EACH:-3}" \
        "http://127.0.0.1:$port/" | awk '/requests in/ { n = $1 }
            /Requests\/sec/ { print $2, n }'
}

# one NAME SERVER: appends answers a second and microseconds of an answer
one()
{
    rm -f "$out/port"
    mkfifo "$out/port"
    "$out/$2" >"$out/port" &
    pid=$!
    read -r port <"$out/port"
    "play_$1" >"$out/played"
    awk -v hz="$(getconf CLK_TCK)" 'NR == FNR { speed = $1; n = $2; next }
        { print speed, ($14 + $15) / hz / n * 1e6 }' "$out/played" \
        "/proc/$pid/stat" >>"$out/$2.figures"
    kill "$pid"
    wait "$pid" 2>/dev/null
}

# middle SERVER COLUMN
middle()
{
    cut -d' ' -f"$2" "$out/$1.figures" | sort -n |
        sed -n "$((ROUNDS / 2 + 1))p"
}

# table TITLE
table()
{
    echo "$1 a second and to those by hand; microseconds of the processor"
    for server in $servers; do
        echo "$server $(middle "$server" 1) $(middle hand 1)" \
            "$(middle "$server" 2) $(middle hand 2)"
    done | awk '{ printf "%-5s %8d  %.2f  %6.2f  %.2f\n", $1, $2, $2 / $3, $4,
                  $4 / $5 }'
}

# measure NAME TITLE
measure()
{
    build "$1"
    for server in $servers; do
        : >"$out/$server.figures"
    done
    round=0
    while [ $round -lt "$ROUNDS" ]; do
        for server in $servers; do
            one "$1" "$server"
        done
        round=$((round + 1))
    done
    table "$2"
}

ROUNDS=${ROUNDS:-5}
[ $# = 0 ] && set -- echo http
for name in "$@"; do
    case $name in
    echo)
        mkdir -p build/bench/echo
        "$CC" -O2 -o build/bench/echo/client tests/bench/echo/client.c ||
            exit 1
        measure echo 'TCP echo, round trips'
        ;;
    http)
        if command -v wrk >/dev/null; then
            measure http 'HTTP, requests'
        else
            echo 'no wrk: HTTP is not measured'
        fi
        ;;
    esac
done
