#!/bin/sh
# SPDX-License-Identifier: MIT
# The unit tests under AddressSanitizer and UBSan. (The compiler as a whole
# runs under them in run/ and errors/.)  asan.sh [SUITE...]
. "$(dirname "$0")/../lib.sh"
begin asan
# Its results count here.
MODE=asan tests/unit/run.sh "$@" | grep '^FAIL'
finish
