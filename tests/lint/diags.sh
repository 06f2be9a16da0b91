#!/bin/sh
# SPDX-License-Identifier: MIT
# Every message of diag.def is shown by a case: errors in tests/errors,
# warnings in tests/warnings, which show nothing else.
cd "$(dirname "$0")/../.." || exit 2
bad=0

# names LEVEL
names()
{
    sed -n "s/^DIAG([a-z_0-9]*, *$1, *\"\([^\"]*\)\".*/\1/p" gen/diag.def |
        sort -u
}

# shown FOLDER: the names at the ends of its messages
shown()
{
    sed -n 's/^[^ ].*: \(error\|warning\): .* \[\([a-z-]*\)\]$/\2/p' \
        "tests/$1"/*.err | sort -u
}

names ERROR >build/test/names && shown errors | comm -23 build/test/names - |
    sed 's/.*/no case for [&] in errors/' | grep . && bad=1
names WARNING >build/test/names && shown warnings | comm -3 build/test/names - |
    sed 's/.*/[&] in diag.def or in warnings only/' | grep . && bad=1
rm -f build/test/names
exit $bad
