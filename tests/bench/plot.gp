# SPDX-License-Identifier: MIT
# Ratios to the hand-written program, a group of bars a metric.
set terminal svg size 900, 420 font "sans-serif,11"
set output image
set style data histograms
set style histogram clustered gap 1
set style fill solid 0.8
set datafile missing "?"
set ylabel "times the hand-written C"
set grid ytics
set xtics rotate by -35
set key top left autotitle columnhead
stats data using 2 skip 1 nooutput
plot for [i = 2:STATS_columns] data using i:xtic(1)
