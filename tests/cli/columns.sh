# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# A case of run.sh: columns.

# The C compiler's own warnings point where they do in the file without awaits.
t_columns()
{
    printf '%s\n' '#include <aw.h>' 'static async char job(long l)' '{' \
        '    char c = l * 2; short s = l;' '  if (c) {' '	int k = l;' \
        '        k += l; await aw_sleep_ms(1); c = (l +' '      k);' '  }' \
        '    for (short i = l; i < c; i = i * 3)' '      s = l;' \
        '    return c;' '}' >a.aw
    sed 's/async/     /; s/await [^;]*;/                     /' a.aw >plain.c
    awaitc -I"$runtime" -o a.c a.aw
    for cc in gcc clang; do
        command -v $cc || continue
        $cc -I"$runtime" -Wconversion -fsyntax-only plain.c 2>plain
        $cc -I"$runtime" -Wconversion -fsyntax-only a.c 2>ours
        sed -n 's/^plain.c\(:[0-9:]*: warning: .*conv\)/\1/p' plain >want
        sed -n 's/^a.aw\(:[0-9:]*: warning: .*conv\)/\1/p' ours >got
        [ "$(wc -l <want)" -gt 5 ]
        diff want got
    done
}
