#!/bin/sh
# SPDX-License-Identifier: MIT
# The lines of gen/ and runtime/ that the unit suites and the translation of
# every .aw file here reach, a line a file, from the build tree of MODE=cov.
cd "$(dirname "$0")/.." || exit 2
tree=build/cov
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
find $tree -name '*.gcda' -exec rm -f {} +

$tree/unit >"$tmp/unit" 2>&1 || tail -n 5 "$tmp/unit"
git ls-files 'samples/*.aw' 'tests/*.aw' | while read -r f; do
    for option in '' --no-line --poison --dump=ast --dump=norm --dump=cfg \
        --dump=live --dump=frame; do
        # shellcheck disable=SC2086 # none or one
        $tree/awaitc $option -Iruntime -o "$tmp/out.c" "$f" >/dev/null 2>&1
    done
done

# table FOLDER: lines reached, lines, file
table()
{
    find "$tree/$1" -name '*.gcda' | sort | while read -r f; do
        gcov -n "$f" 2>/dev/null |
            awk -v dir="$1/" '
                /^File/ { gsub(/\047/, ""); file = $2 }
                /^Lines/ && index(file, dir) == 1 {
                    split($2, p, /[:%]/)
                    printf "%6.1f%% of %4d  %s\n", p[2], $4, file
                }'
    done | sort -k4 -u | sort -n
}

for folder in gen runtime; do
    table $folder >"$tmp/$folder"
    cat "$tmp/$folder"
    awk -v name=$folder '{ n += $3; hit += $1 / 100 * $3 }
        END { if (n) printf "%6.1f%% of %4d  %s\n", 100 * hit / n, n, name }' \
        "$tmp/$folder"
done
