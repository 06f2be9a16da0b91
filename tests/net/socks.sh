# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Sourced by programs.sh: the SOCKS proxy by curl, in front of our HTTP server,
# and by socks.py.
have curl || { skip socks "no curl"; exit; }

# fetch STATUS OPTION... URL: curl ends so; with 0, it has got the file
fetch()
{
    wanted=$1
    shift
    : >"$d/got"
    curl -s -g -o "$d/got" --max-time 20 "$@"
    check "socks: $*" "is not $wanted" [ $? = "$wanted" ]
    [ "$wanted" != 0 ] || check "socks: $*" "is not the file" \
        cmp -s "$work/www/big" "$d/got"
}

mkdir -p "$work/www"
seq 200000 >"$work/www/big"
program http
start "$work/www"
http=$pid
of="$port/big"
program socks
start
for way in --socks5 --socks5-hostname; do
    for host in 127.0.0.1 localhost '[::1]'; do
        curl -s -g "http://$host:$of" >/dev/null || continue    # no IPv6
        fetch 0 $way "127.0.0.1:$port" "http://$host:$of"
    done
    fetch 97 $way "127.0.0.1:$port" http://127.0.0.1:1/
done
fetch 97 --socks5-hostname "127.0.0.1:$port" http://no.such.host.invalid/
curl -s -Z --max-time 20 --socks5 "127.0.0.1:$port" -o "$d/got#1" \
    "http://127.0.0.1:$of?[1-30]" 2>/dev/null
check socks:many "not all of them come" \
    [ "$(cat "$d"/got[1-9]* | cksum)" = "$(seq 30 | while read -r _; do
        cat "$work/www/big"; done | cksum)" ]
stop
start -u me:secret
fetch 0 --proxy-user me:secret --socks5 "127.0.0.1:$port" \
    "http://127.0.0.1:$of"
fetch 97 --proxy-user me:guess --socks5 "127.0.0.1:$port" \
    "http://127.0.0.1:$of"
fetch 97 --socks5 "127.0.0.1:$port" "http://127.0.0.1:$of"
stop
start -t 2000
wrong
stop
interrupted "$(printf '\005\002')"
pid=$http
stop
