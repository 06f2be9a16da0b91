# SPDX-License-Identifier: MIT
# Length of functions in the style of the house: `{` and `}` of a function
# stand alone in the first column. Prints `LINES CASES FILE:LINE NAME`.
FNR == 1 { inside = 0 }
/^\{/ && !inside {
    inside = 1
    start = FNR
    cases = 0
    name = last
    sub(/\(.*/, "", name)
    sub(/.*[ *]/, "", name)
    next
}
inside && /^ *(case .*|default):/ { cases++ }
/^\}/ && inside {
    print FNR - start - 1, cases, FILENAME ":" start, name
    inside = 0
}
/^[a-zA-Z]/ { last = $0 }
