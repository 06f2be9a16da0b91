#!/bin/sh
# SPDX-License-Identifier: MIT
# Shell scripts that shellcheck has nothing to say about, where it is there.
cd "$(dirname "$0")/../.." || exit 2
command -v shellcheck >/dev/null || { echo "no shellcheck"; exit 77; }
# SC1091: sourced files are checked by themselves; SC2046: lists of cases
# are split on purpose; SC2154: variables of lib.sh; SC3045: dash has it.
shellcheck -S warning -e SC1091,SC2046,SC2154,SC3045 .ci/run \
    $(git ls-files '*.sh')
