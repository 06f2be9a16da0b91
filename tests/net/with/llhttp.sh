#!/bin/sh
# SPDX-License-Identifier: MIT
# The server PROGRAM, judged by curl.  llhttp.sh PROGRAM
command -v curl >/dev/null 2>&1 || { echo 'no curl' >&2; exit 77; }
d=$1.d
rm -rf "$d"
mkdir -p "$d"
mkfifo "$d/port"
"$1" >"$d/port" &
pid=$!
read -r port <"$d/port"
url=http://127.0.0.1:$port
ask() { curl -s --max-time 10 "$@"; }
ask "$url/one" "$url/two?three=4" -w '%{num_connects} connects\n'
ask -d 'some text' "$url/post"
seq 100000 >"$d/body"
ask -T "$d/body" -H Expect: "$url/put"
ask -T - -H Expect: "$url/chunks" <"$d/body"
ask -X DELETE -0 "$url/old" -w '%{http_code}\n'
ask -X STRANGE "$url/" -w '%{http_code}\n'
ask -H 'Content-Length: 3' -H 'Transfer-Encoding: chunked' -d abc "$url/" \
    -w '%{http_code}\n'
kill -TERM $pid
wait $pid
echo "server: $?"
