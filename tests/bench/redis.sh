#!/bin/sh
# SPDX-License-Identifier: MIT
# Requests a second of samples/servers/redis beside redis-server with a single
# thread and nothing to save, in turns, by redis-benchmark on the same machine;
# and the processor time of the server for a request.
#   [REQUESTS=200000] [PIPELINES='1 16'] [ROUNDS=5] redis.sh
cd "$(dirname "$0")/../.." || exit 2
out=build/bench/redis
src=samples/servers/redis
CC=${CC:-cc}
for tool in redis-server redis-benchmark; do
    command -v $tool >/dev/null || { echo "redis: no $tool"; exit 0; }
done
rm -rf "$out"
mkdir -p "$out"
build/release/awaitc -Iruntime -o "$out/redis.c" "$src/redis.aw" &&
    "$CC" -O2 -DNDEBUG -Iruntime -I"$src" -o "$out/ours" "$out/redis.c" \
        "$src"/*.c build/release/libaw.a -lpthread || exit 1

# start_redis, start_ours: $pid is a server, $port where it listens
start_redis()
{
    port=$((20000 + $$ % 20000))
    until redis-server --port "$port" --bind 127.0.0.1 --save '' \
        --appendonly no --io-threads 1 >"$out/log" & pid=$!
        answers; do
        port=$((port + 1))
    done
}

# Whether it comes up, and does not end because the port is taken.
answers()
{
    while kill -0 "$pid" 2>/dev/null; do
        [ "$(redis-cli -p "$port" ping 2>/dev/null)" = PONG ] &&
            grep -q 'Ready to accept' "$out/log" && return
    done
    return 1
}

start_ours()
{
    rm -f "$out/port"
    mkfifo "$out/port"
    "$out/ours" -b 127.0.0.1 >"$out/port" &
    pid=$!
    read -r port <"$out/port"
}

ticks() { awk '{ print $14 + $15 }' "/proc/$pid/stat"; }

# one SERVER COMMAND PIPELINE: appends requests a second, and microseconds of
# the server for each
one()
{
    n=$((${REQUESTS:-200000} * ($3 > 1 ? 10 : 1)))
    start_"$1"
    before=$(ticks)
    redis-benchmark -p "$port" -t "$2" -P "$3" -n "$n" --csv |
        awk -F '"' 'END { printf "%s ", $4 }' >>"$out/$1.$2.$3"
    echo "$(ticks) $before $n" | awk -v hz="$(getconf CLK_TCK)" \
        '{ printf "%.3f\n", ($1 - $2) / hz * 1e6 / $3 }' >>"$out/$1.$2.$3"
    kill "$pid"
    wait "$pid" 2>/dev/null
}

round=0
while [ $round -lt "${ROUNDS:-5}" ]; do
    for p in ${PIPELINES:-1 16}; do
        for command in get set; do
            one redis $command "$p"
            one ours $command "$p"
        done
    done
    round=$((round + 1))
done

# middle FILE COLUMN
middle()
{
    awk -v c="$2" '{ print $c }' "$1" | sort -n |
        sed -n "$(($(wc -l <"$1") / 2 + 1))p"
}
echo 'Redis, requests a second and microseconds of the server for each (the'
echo 'middle ones): redis-server, ours, ours to theirs'
for p in ${PIPELINES:-1 16}; do
    for c in get set; do
        for column in 1 2; do
            echo "$c $p $column $(middle "$out/redis.$c.$p" $column)" \
                "$(middle "$out/ours.$c.$p" $column)"
        done
    done
done | awk '
    $3 == 1 { printf "%s -P %-2d %9d %9d  %.2f", $1, $2, $4, $5, $5 / $4 }
    $3 == 2 { printf "   %6.2f %6.2f  %.2f\n", $4, $5, $5 / $4 }'
