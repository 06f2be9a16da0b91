# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Sourced by programs.sh: the Redis server by redis-cli, redis-benchmark and
# redis.py. redis.out is what redis-server with --databases 1 says to redis.in.
have redis-cli || { skip redis "no redis-cli"; exit; }

# benchmark OPTION...: ends well, and has nothing to complain about
benchmark()
{
    timeout 60 redis-benchmark -p "$port" -t get,set,incr,lpush -q "$@" \
        >"$d/bench" 2>&1
    check "redis:benchmark $*" "$(tr '\r' '\n' <"$d/bench" | tail -n 3)" \
        eval "[ $? = 0 ] && ! grep -q 'ERR\|WARN\|Error' '$d/bench'"
}

# compared: random commands, which redis-server answers in the same way;
# REDIS_ROUNDS (3) of 200 from seed REDIS_SEED (1) on
compared()
{
    { have redis-server && find_python; } ||
        { skip redis:random "no redis-server, or no python3"; return; }
    rounds=${REDIS_ROUNDS:-3}
    redis-server --port 0 --unixsocket "$d/socket" --save '' --databases 1 \
        >"$d/theirs" 2>&1 &
    theirs=$!
    until grep -q 'eady to accept' "$d/theirs"; do
        kill -0 $theirs 2>/dev/null ||
            { fail redis:random "no redis-server: $(tail -n 1 "$d/theirs")"
              return; }
        sleep 0.02
    done
    timeout $((60 + rounds)) "$PYTHON" -B tests/net/redis_random.py "$port" \
        "$d/socket" "${REDIS_SEED:-1}" "$rounds" >"$d/random" 2>&1
    status=$?
    check redis:random "$(head -n 20 "$d/random")" [ $status = 0 ]
    kill $theirs
    wait $theirs
}

program redis
start
timeout 20 redis-cli -p "$port" <tests/net/redis.in >"$d/out" 2>&1
check redis:commands "$(diff tests/net/redis.out "$d/out" | head -n 5)" \
    cmp -s tests/net/redis.out "$d/out"
compared
benchmark -n 2000 -c 20
benchmark -n 8000 -c 20 -P 16
benchmark -n 1000 -c 5 -d 100000
stop
start -b 127.0.0.1 -t 4000
check redis:address "listens on others, too" \
    [ "$(redis-cli -p "$port" ping 2>&1; redis-cli -h ::1 -p "$port" ping \
        2>/dev/null)" = PONG ]
wrong
ended
interrupted '*2'
