# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Sourced by programs.sh: the Redis server by redis-cli, redis-benchmark and
# redis.py. redis.out is what redis-server says to redis.in.
have redis-cli || { skip redis "no redis-cli"; exit; }

# benchmark OPTION...: ends well, and has nothing to complain about
benchmark()
{
    timeout 60 redis-benchmark -p "$port" -t get,set,incr,lpush -q "$@" \
        >"$d/bench" 2>&1
    check "redis:benchmark $*" "$(tr '\r' '\n' <"$d/bench" | tail -n 3)" \
        eval "[ $? = 0 ] && ! grep -q 'ERR\|WARN\|Error' '$d/bench'"
}

program redis
start
timeout 20 redis-cli -p "$port" <tests/net/redis.in >"$d/out" 2>&1
check redis:commands "$(diff tests/net/redis.out "$d/out" | head -n 5)" \
    cmp -s tests/net/redis.out "$d/out"
benchmark -n 2000 -c 20
benchmark -n 8000 -c 20 -P 16
benchmark -n 1000 -c 5 -d 100000
stop
start -t 4000
wrong
ended
interrupted '*2'
