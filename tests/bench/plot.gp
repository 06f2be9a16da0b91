# SPDX-License-Identifier: MIT
# Ratios to the hand-written program, which is the line at 1: a row a metric,
# a point a program, ours in front.
names = system("head -n 1 ".data)
columns = words(names)
stats data using 2 skip 1 nooutput
set terminal svg size 900, 90 + 24 * STATS_records font "sans-serif,12" \
    background "white"
set output image
set datafile missing "?"
set logscale x
set format x "%g"
set xlabel "times the hand-written C"
set yrange [STATS_records - 0.5 : -0.5]
set grid xtics ytics
set arrow from 1, graph 0 to 1, graph 1 nohead lw 1.5 lc rgb "black"
set key outside right top Left reverse
colours = "#888888 #000000 #1f77b4 #17becf #ff7f0e #8c564b #2ca02c #9467bd \
    #bcbd22 #e377c2"
name(i) = word(names, i)
column_of(n) = sum [i = 2 : columns] (name(i) eq n ? i : 0)
plot for [i = 2:columns] data skip 1 using \
        (name(i) eq "hand" || name(i) eq "ours" ? NaN : column(i)):0:ytic(1) \
        with points pt 4 + i % 8 ps 1 lw 1.5 \
        lc rgb word(colours, 1 + (i - 2) % words(colours)) \
        title (name(i) eq "hand" || name(i) eq "ours" ? "" : name(i)), \
    data skip 1 using column_of("ours"):0 \
        with points pt 7 ps 1.4 lc rgb "red" title "ours"
