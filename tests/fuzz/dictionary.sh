#!/bin/sh
# SPDX-License-Identifier: MIT
# The fuzzer's dictionary, from token.def: every token, keyword, word and form.
cd "$(dirname "$0")/../.." || exit 2
sed -n \
    -e 's/^\(TOKEN\|KEYWORD\|ALIAS\|FORM\)([A-Za-z_0-9]*, *\(".*"\))$/\2/p' \
    -e 's/^WORD([A-Za-z_0-9]*, *\("[^"]*"\), *\("[^"]*"\))$/\1\n\2/p' \
    grammar/token.def | grep -v '[a-z] [a-z]'
cat <<'E2'
"# 1 \"a.h\" 3\x0a"
"static async int f(int a) { return await g(a); }"
"__attribute__((aligned(8)))"
"\\\x0a"
"/*"
"*/"
"//"
"'a'"
"L\"s\""
"0x1p3"
"1.5e+3f"
E2
