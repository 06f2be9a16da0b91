# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Sourced by programs.sh: the server on all processors, by curl and ab; all of
# its loops serve, no request is lost to the count. Then under ThreadSanitizer.
have curl && have ab || { skip cores "no curl, or no ab"; exit; }

# counted N: by the server, at its end
counted()
{
    check "$name:count" "is not $1: $(tail -n 1 "$d/err")" \
        [ "$(sed -n 's/.*connections, \([0-9]*\) requests$/\1/p' \
            "$d/err")" = "$1" ]
}

# play: 60 requests by curl, 2 times 2000 by ab
play()
{
    url=http://127.0.0.1:$port/
    seq 60 | xargs -I{} -P 4 curl -s --max-time 20 "$url?{}" | sort -u >"$d/got"
    check "$name:loops" "are not all busy" [ "$(wc -l <"$d/got")" = 3 ]
    for keep in '' -k; do
        # shellcheck disable=SC2086 # an option or none
        timeout 60 ab -q $keep -n 2000 -c 30 "$url" >"$d/ab" 2>&1
        check "$name:ab $keep" "$(tail -n 3 "$d/ab")" \
            grep -q 'Failed requests: *0$' "$d/ab"
    done
}

program cores
start -n 3
play
stop
counted 4060
# SIGINT: whoever is there, with half a request, is not waited for
start -n 3
mkfifo "$d/hold"
exec 9<>"$d/hold"
: >"$d/got"
curl -s -N --max-time 20 -T "$d/hold" -o "$d/got" "http://127.0.0.1:$port/" &
until [ -s "$d/got" ] || ! kill -0 $!; do sleep 0.02; done
kill -INT "$pid"
ended
check "$name:int" "was not there" grep -q '^1 connections' "$d/err"
exec 9>&-

echo 'int main(void) { return 0; }' >"$d/probe.c"
if gcc -fsanitize=thread -o "$d/probe" "$d/probe.c" 2>/dev/null && "$d/probe" &&
    gcc -g -O1 -fsanitize=thread -Iruntime "$d/x.c" runtime/*.c \
        build/release/runtime/net.c runtime/port/epoll.c runtime/port/posix.c \
        -lpthread -o "$d/server" >"$d/log" 2>&1; then
    name=cores:tsan
    start -n 3
    play
    stop
    counted 4060
    check "$name" "$(grep -m 1 Sanitizer "$d/err")" \
        eval "! grep -q Sanitizer '$d/err'"
else
    skip cores:tsan "no ThreadSanitizer here"
fi
