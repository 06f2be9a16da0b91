#!/bin/sh
# SPDX-License-Identifier: MIT
# The committed scanner is what re2c makes of lex.re now. Its first line,
# which names the version of re2c, does not count.
cd "$(dirname "$0")/../.." || exit 2
command -v re2c >/dev/null || { echo "no re2c"; exit 77; }
mkdir -p build
re2c -W --no-generation-date -i -o build/lex.fresh.c grammar/lex.re || exit 1
[ "$(sed 1d build/lex.fresh.c)" = "$(sed 1d grammar/bootstrap/lex.c)" ] ||
    { echo "grammar/bootstrap/lex.c is old: make bootstrap"; exit 1; }
