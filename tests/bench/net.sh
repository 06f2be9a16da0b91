#!/bin/sh
# SPDX-License-Identifier: MIT
# TCP echo, round trips a second of 64 bytes: ours beside an epoll loop written
# by hand and libuv, in turns, the same client on the same machine.
#   [CONNECTIONS=50] [TRIPS=200000] [ROUNDS=5] net.sh
cd "$(dirname "$0")/../.." || exit 2
out=build/bench/echo
src=tests/bench/echo
CC=${CC:-cc}
mkdir -p "$out"
build/release/awaitc -Iruntime -o "$out/ours.c" "$src/ours.aw" &&
    "$CC" -O2 -Iruntime -o "$out/ours" "$out/ours.c" build/release/libaw.a \
        -lpthread &&
    "$CC" -O2 -o "$out/hand" "$src/hand.c" &&
    "$CC" -O2 -o "$out/client" "$src/client.c" || exit 1
servers='hand ours'
pkg-config --exists libuv &&
    "$CC" -O2 -o "$out/uv" "$src/uv.c" -luv && servers="$servers uv"

# one SERVER: appends its figure to a file
one()
{
    rm -f "$out/port"
    mkfifo "$out/port"
    "$out/$1" >"$out/port" &
    pid=$!
    read -r port <"$out/port"
    "$out/client" "$port" "${CONNECTIONS:-50}" "${TRIPS:-200000}" \
        >>"$out/$1.figures"
    kill "$pid"
    wait "$pid" 2>/dev/null
}

for server in $servers; do
    : >"$out/$server.figures"
done
round=0
while [ $round -lt "${ROUNDS:-5}" ]; do
    for server in $servers; do
        one "$server"
    done
    round=$((round + 1))
done
middle() { sort -n "$1" | sed -n "$(($(wc -l <"$1") / 2 + 1))p"; }
hand=$(middle "$out/hand.figures")
echo 'TCP echo, round trips a second (the middle one), and to those by hand'
for server in $servers; do
    middle "$out/$server.figures" |
        awk -v s="$server" -v h="$hand" '{ printf "%-5s %8d  %.2f\n", s, $1,
            $1 / h }'
done
