#!/bin/sh
# SPDX-License-Identifier: MIT
# Every message of diag.def is shown by a case of tests/errors.
cd "$(dirname "$0")/../.." || exit 2
bad=0
for name in $(sed -n 's/^DIAG([a-z_0-9]*, *[A-Z]*, *"\([^"]*\)".*/\1/p' \
    gen/diag.def | sort -u); do
    cat tests/errors/*.err 2>/dev/null | grep -qF "[$name]" && continue
    echo "no case for [$name]"
    bad=1
done
exit $bad
