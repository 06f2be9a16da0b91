#!/bin/sh
# SPDX-License-Identifier: MIT
# The manual: clean for mandoc and groff, and it has the options that awaitc
# has, as has its --help.
cd "$(dirname "$0")/../.." || exit 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0

# Options without their values: -std, --cc, -W
sed -n '/^static const struct opt table/,/^};/s/^ *{ "\([^"=]*\).*/\1/p' \
    gen/opts.c | sort -u >"$work/have"
grep -o 'Fl [^ ]*' gen/awaitc.1 | sed 's/Fl /-/; s/=$//' |
    grep -v '^-W.' | sort -u >"$work/manual"
sed -n '/^static const char help_text/,/;$/p' gen/opts.c |
    grep -o '[] ,["]--*[a-zA-Z][-a-zA-Z]*' | sed 's/^.//; s/^-W.*/-W/' |
    sort -u >"$work/help"

for where in manual help; do
    diff "$work/have" "$work/$where" >"$work/diff" && continue
    sed -n "s|^< |$where: lacks |p; s|^> |$where: there is no |p" \
        "$work/diff"
    bad=1
done
if command -v mandoc >/dev/null; then
    mandoc -T lint -W warning gen/awaitc.1 || bad=1
fi
# `man --warnings -l`, without a pager and its width
if command -v groff >/dev/null && [ -f /usr/share/groff/current/tmac/doc.tmac ]
then
    groff -mandoc -ww -Tascii gen/awaitc.1 2>&1 >/dev/null | grep . && bad=1
fi
exit $bad
