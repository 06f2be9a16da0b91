#!/bin/sh
# SPDX-License-Identifier: MIT
# PROGRAM as a client of redis-server, which it ends.  hiredis.sh PROGRAM
command -v redis-server >/dev/null 2>&1 ||
    { echo 'no redis-server' >&2; exit 77; }
program=$PWD/$1
rm -rf "$1.d"
mkdir -p "$1.d"
cd "$1.d" || exit 1
redis-server --port 0 --unixsocket "$PWD/socket" --save '' >log 2>&1 &
pid=$!
until grep -q 'eady to accept connections' log; do
    kill -0 $pid || { cat log >&2; exit 1; }
    sleep 0.02
done
"$program" socket
status=$?
[ $status = 0 ] || kill $pid
wait $pid
exit $status
