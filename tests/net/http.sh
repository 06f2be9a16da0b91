# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Sourced by programs.sh: the HTTP server by curl, ab and http.py.
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

have curl || { skip http "no curl"; exit; }
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
start -t 1000 "$www"
wrong
stop
interrupted 'GET / HT'
