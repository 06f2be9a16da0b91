# SPDX-License-Identifier: MIT
# Samples `WORKLOAD METRIC VARIANT VALUE UNIT` to a table of medians, each with
# its ratio to the hand-written program; the same as JSON in the file `json`,
# and `NAME RATIO...` lines for the plot in the file `plot`.

function median(key, n, i, k, t)
{
    n = count[key]
    for (i = 1; i < n; i++)
        for (k = i + 1; k <= n; k++)
            if (v[key, k] < v[key, i]) {
                t = v[key, i]
                v[key, i] = v[key, k]
                v[key, k] = t
            }
    return n % 2 ? v[key, (n + 1) / 2] : \
        (v[key, n / 2] + v[key, n / 2 + 1]) / 2
}

{
    row = $1 " " $2
    if (!(row in unit)) {
        rows[++nrows] = row
        unit[row] = $5
    }
    if (!($3 in seen)) {
        seen[$3] = 1
        names[++nnames] = $3
    }
    v[row, $3, ++count[row, $3]] = $4
}

END {
    printf "%-16s %-4s", "", ""
    for (k = 1; k <= nnames; k++)
        printf " %18s", names[k]
    print ""
    print "[" >json
    line = "workload"
    for (k = 1; k <= nnames; k++)
        line = line " " names[k]
    print line >plot
    for (r = 1; r <= nrows; r++) {
        row = rows[r]
        line = ""
        name = row
        sub(" ", "-", name)
        split(row, part, " ")
        printf "%-16s %-4s", row, unit[row]
        for (k = 1; k <= nnames; k++) {
            n = names[k]
            if (!((row SUBSEP n) in count)) {
                printf " %18s", "-"
                line = line " ?"
                continue
            }
            m = median(row SUBSEP n)
            if (n == "hand")
                base = m
            printf " %10.4g (%4.2fx)", m, m / base
            line = line " " m / base
            printf "%s  {\"workload\": \"%s\", \"metric\": \"%s\", " \
                "\"program\": \"%s\", \"median\": %g, \"unit\": \"%s\", " \
                "\"rounds\": %d}", comma, part[1], part[2], n, m, \
                unit[row], count[row, n] >json
            comma = ",\n"
        }
        print ""
        print name line >plot
    }
    print "\n]" >json
}
