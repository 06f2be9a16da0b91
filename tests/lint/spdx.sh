#!/bin/sh
# SPDX-License-Identifier: MIT
# Every source says its licence in its first three lines: 0BSD in runtime/,
# MIT elsewhere. Inputs and expectations of tests need none. LICENSE has both
# texts, runtime/LICENSE the one for those who copy that folder.
cd "$(dirname "$0")/../.." || exit 2
sed -n '/^SPDX-License-Identifier: 0BSD/,$p' LICENSE | cmp - runtime/LICENSE ||
    exit
git ls-files |
    grep -vE '(^|/)LICENSE$|\.(md|in|txt|expect|err|out)$|^\.(git|clang)' |
    grep -vE '^grammar/bootstrap/|^tests/(golden|errors|warnings)/' |
    grep -v '^tests/fuzz/corpus[./]' |
    xargs awk '
    function done() {
        if (file != "" && !found) {
            print file ": no SPDX line with " want
            bad = 1
        }
    }
    FNR == 1 {
        done()
        file = FILENAME
        want = file ~ /^runtime\// ? "0BSD" : "MIT"
        found = 0
    }
    FNR <= 3 && $0 ~ "SPDX-License-Identifier: " want { found = 1 }
    END { done(); exit bad }'
