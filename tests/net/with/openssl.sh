#!/bin/sh
# SPDX-License-Identifier: MIT
# The client and the server of PROGRAM, judged by openssl's and curl.
#   openssl.sh PROGRAM
have() { command -v "$1" >/dev/null 2>&1; }
have openssl && have curl || { echo 'no openssl, or no curl' >&2; exit 77; }
program=$PWD/$1
d=$program.d
rm -rf "$d"
mkdir -p "$d"
cd "$d" || exit 1
self_signed()
{
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
        -subj "/CN=$1" -addext "subjectAltName=DNS:localhost,IP:127.0.0.1" \
        -keyout "$1.key" -out "$1.pem" -days 2 2>/dev/null
}
self_signed good
self_signed other

mkfifo port
"$program" good.pem good.key >port &
pid=$!
read -r port <port
curl -s --max-time 10 --cacert good.pem "https://127.0.0.1:$port/"
curl -s --max-time 10 --cacert good.pem --tls-max 1.2 "https://127.0.0.1:$port/"
curl -s --max-time 10 --cacert other.pem "https://127.0.0.1:$port/"
echo "curl without the certificate: $?"
curl -s --max-time 10 "http://127.0.0.1:$port/" || echo 'curl without TLS: no'
# a session kept by s_client is resumed
for option in -sess_out -sess_in; do
    printf 'GET / HTTP/1.0\r\n\r\n' | timeout 10 openssl s_client -quiet \
        -connect "127.0.0.1:$port" -CAfile good.pem "$option" session \
        2>/dev/null | tail -n 1
done
kill -TERM $pid
wait $pid
echo "server: $?"

seq 100000 >page
openssl s_server -accept 127.0.0.1:0 -WWW -cert good.pem -key good.key \
    >s_server 2>&1 &
pid=$!
until grep -q '^ACCEPT' s_server; do
    sleep 0.02
    kill -0 $pid || exit 1
done
port=$(sed -n 's/^ACCEPT.*:\([0-9]*\)$/\1/p' s_server)
"$program" "$port" good.pem >got
echo "client: $?, $(tail -n 1 got)"
"$program" "$port" other.pem >got 2>errors
echo "client without the certificate: $?, $(grep -o 'verify failed' errors)"
kill $pid
wait $pid 2>/dev/null
exit 0
