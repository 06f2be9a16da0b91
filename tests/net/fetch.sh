# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Sourced by programs.sh: the downloader from our HTTP server and from Python's,
# beside curl.
have curl || { skip fetch "no curl"; exit; }
find_python || { skip fetch "no python3"; exit; }

# fetch STATUS OPTION... URL...: into $got, ends so
fetch()
{
    wanted=$1
    shift
    timeout 60 "$d/server" -o "$got" "$@" >"$d/out" 2>"$d/err"
    status=$?
    check "fetch: $*" "ends with $status: $(head -n 3 "$d/err")" \
        [ $status = "$wanted" ]
}

# left COUNT: files there are, none of them half
left()
{
    check fetch:left "not $1 but $(ls -A "$got" | tr '\n' ' ')" \
        [ "$(ls -A "$got" | wc -l)" = "$1" ]
}

program fetch
got=$d/got
mkdir -p "$got" "$d/curl"
mkfifo "$d/hold" "$d/ready"
"$PYTHON" -I tests/net/fetch_server.py <"$d/hold" >"$d/ready" 2>"$d/python" &
exec 9>"$d/hold"
read -r port <"$d/ready"
url=http://127.0.0.1:$port

good='plain empty chunked fancy close early whole same query hop10'
for f in $good; do
    curl -s -L --max-time 20 -o "$d/curl/$f" "$url/$f?x=%20y"
done
# shellcheck disable=SC2046 # words
fetch 0 $(for f in $good; do echo "$url/$f?x=%20y#z"; done)
check fetch:good "$(diff -rq "$d/curl" "$got")" diff -rq "$d/curl" "$got"
fetch 0 "$url" "$url/"
left 11
rm -f "$got"/*
# shellcheck disable=SC2046 # words
fetch 0 -j 3 $(seq -f "$url/gate%g" 12)
check fetch:gate "more than three at a time" \
    [ "$(cat "$got"/* | tr -d 3)" = "" ]
left 12
rm -f "$got"/*

for f in short endless odd long huge negative babble nothing tall round away \
    none hop11; do
    fetch 1 "$url/$f"
done
fetch 1 "$url/silent" -t 200 "$url/stuck"
fetch 1 https://127.0.0.1/ "$url/a b" 'http://a@b/' 'http://[::1' \
    http://127.0.0.1:1/ http://no.such.host.invalid/
left 0
env --default-signal=INT "$d/server" -o "$got" "$url/stuck" 2>"$d/err" &
pid=$!
timeout 20 sh -c "until ls -A $got | grep -q stuck; do :; done"
kill -INT $pid
wait $pid
check fetch:interrupted "does not end as such: $(cat "$d/err")" [ $? = 130 ]
left 0

program http
mkdir -p "$work/www"
seq 400000 >"$work/www/big"
start "$work/www"
d=$work/fetch
fetch 0 "http://127.0.0.1:$port/big" "http://localhost:$port/big"
check fetch:big "is not the file" cmp -s "$work/www/big" "$got/big"
d=$work/http
stop
exec 9>&-
wait
