# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Sourced by programs.sh: the chat by nc and chat.py.
program chat
start
if have nc; then
    got=$(printf 'two words\nbob\n/who\n/quit\n' |
        timeout 20 nc 127.0.0.1 "$port" | tr '\n' '|')
    check chat:nc "says $got" [ "$got" = '* your name?|* no name: two words|'`
        `'* you are in lobby|* bob is here|' ]
else
    skip chat:nc "no nc"
fi
wrong
ended
interrupted 'half a na'
