# SPDX-License-Identifier: MIT
# Samples `WORKLOAD METRIC VARIANT VALUE UNIT [WALL]` to a table: for each
# metric and variant the median, the range, the ratio of the median to that of
# the hand-written program, the median by the wall clock; then the ratios side
# by side. The same as JSON in the file `json`, ratios for the plot in the
# file `plot`. The file `tools` has lines about compilers.

# The middle one of the values list[key, 1] to list[key, n], which it sorts.
function median(list, key, n,   i, k, t)
{
    for (i = 2; i <= n; i++)
        for (k = i; k > 1 && list[key, k] < list[key, k - 1]; k--) {
            t = list[key, k]
            list[key, k] = list[key, k - 1]
            list[key, k - 1] = t
        }
    return n % 2 ? list[key, (n + 1) / 2] : \
        (list[key, n / 2] + list[key, n / 2 + 1]) / 2
}

function short(ratio)
{
    return sprintf(ratio < 9.995 ? "%.2f" : "%.0f", ratio)
}

function number(x)
{
    return sprintf(x < 999.5 ? "%.3g" : "%.0f", x)
}

function title(row)
{
    return row " (" unit[row] ")"
}

# The lines of one metric.
function metric(row,   k, n, key, m, w, base, parts)
{
    split(row, parts, " ")
    for (k = 1; k <= nnames; k++) {
        n = names[k]
        key = row SUBSEP n
        if (!(key in count))
            continue
        m = median(v, key, count[key])
        w = walls[key] ? median(wall, key, walls[key]) : ""
        if (n == "hand")
            base = m
        ratio[key] = m / base
        printf "%-20s %-9s %8s %8s - %-8s %6s %8s\n", title(row), n, \
            number(m), number(v[key, 1]), number(v[key, count[key]]), \
            short(ratio[key]), w == "" ? "-" : number(w)
        printf "%s    {\"workload\": \"%s\", \"metric\": \"%s\", " \
            "\"unit\": \"%s\", \"program\": \"%s\", \"median\": %g, " \
            "\"min\": %g, \"max\": %g, \"ratio\": %g, \"wall\": %s}", comma, \
            parts[1], parts[2], unit[row], n, m, v[key, 1], \
            v[key, count[key]], ratio[key], w == "" ? "null" : w >json
        comma = ",\n"
    }
}

# The ratios of all metrics, for the eye and for the plot.
function matrix(   r, k, row, key, line, name)
{
    printf "\n%-20s", "ratio to hand"
    line = "metric"
    for (k = 1; k <= nnames; k++) {
        printf " %8s", names[k]
        line = line " " names[k]
    }
    print ""
    print line >plot
    for (r = 1; r <= nrows; r++) {
        row = rows[r]
        name = row
        sub(" ", "·", name)
        printf "%-20s", title(row)
        for (k = 1; k <= nnames; k++) {
            key = row SUBSEP names[k]
            printf " %8s", key in ratio ? short(ratio[key]) : "-"
            name = name " " (key in ratio ? ratio[key] : "?")
        }
        print ""
        print name >plot
    }
}

{
    row = $1 " " $2
    if (!(row in unit)) {
        rows[++nrows] = row
        unit[row] = $5
    }
    seen[$3] = 1
    v[row, $3, ++count[row, $3]] = $4 + 0
    if (NF > 5)
        wall[row, $3, ++walls[row, $3]] = $6 + 0
}

END {
    n = split(order, all, " ")
    for (k = 1; k <= n; k++)
        if (all[k] in seen)
            names[++nnames] = all[k]
    printf "{\n  \"tools\": [" >json
    while ((getline line <tools) > 0) {
        print line
        printf "%s\n    \"%s\"", comma, line >json
        comma = ","
    }
    print "\n  ],\n  \"results\": [" >json
    comma = ""
    printf "\n%-20s %-9s %8s %19s %6s %8s\n", "", "", "median", \
        "min - max    ", "ratio", "wall"
    for (r = 1; r <= nrows; r++)
        metric(rows[r])
    print "\n  ]\n}" >json
    matrix()
}
