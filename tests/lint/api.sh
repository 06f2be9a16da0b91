#!/bin/sh
# SPDX-License-Identifier: MIT
# The table of the API in runtime/README.md: it has each function of the public
# headers and each form of the language, and nothing else.
cd "$(dirname "$0")/../.." || exit 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sed '1,/^## The API/d' runtime/README.md | sed -n 's/^| \([^|]*\)|.*/\1/p' |
    grep -o '`aw_[a-z_0-9]*`\|`async_[a-z]*`' | tr -d '`' |
    sort -u >"$work/table"
{
    sed -n 's/^[^ #*}/].*[ *]\(aw_[a-z_0-9]*\)(.*/\1/p' runtime/aw.h \
        runtime/aw_io.h runtime/aw_uv.h
    sed -n 's/^FORM([A-Z_]*, "\([a-z_]*\)").*/\1/p' grammar/token.def
} | grep -vx 'aw_task\|aw_queue\|aw_task_storage' | sort -u >"$work/code"
diff "$work/table" "$work/code" >"$work/diff" && exit
sed -n 's/^< /runtime\/README.md: there is no /p
    s/^> /runtime\/README.md: the API lacks /p' "$work/diff"
exit 1
