#!/bin/sh
# SPDX-License-Identifier: MIT
# No trace of the machine that the work was done on.
cd "$(dirname "$0")/../.." || exit 2
! git grep -nE '/(home|work|root|Users)/[a-z]|/tmp/[a-zA-Z]' -- \
    ':!tests/lint/paths.sh' ':!tests/fuzz/corpus'
