#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The README's table of costs, from what run.sh measured.
  cost.py [README]     printed, or put under "## What it costs" there
"""
import json
import os
import re
import sys
import textwrap

INTRO = (
    '`make bench`, then `tests/bench/cost.py README.md`: medians of one run on '
    'one shared machine ({}, -O2). Nanoseconds of processor time; in '
    'parentheses the ratio to the same program written by hand as a state '
    'machine; B are bytes a task. Of C++20 the faster of g++ and clang++; '
    'Rust boxes its futures where only the run knows their depth.')

# What it is, and its metrics: a range of times, and bytes.
ROWS = [
    ('two tasks yield to each other, a resume', ['w1 resume']),
    ('an await of a function that ends at once', ['w2 call']),
    ('resume of a leaf, 1 to 1000 calls deep',
     ['w3 depth-1', 'w3 depth-10', 'w3 depth-100', 'w3 depth-1000']),
    ('a task, a million at once', ['w4 at-once', 'w4 bytes']),
    ('a task, one after the other', ['w4 in-turn']),
    ('a sleeping task of a million', ['w5 sleep', 'w5 bytes']),
    ('a child of a gather of 10 to 100,000',
     ['w6 n-10', 'w6 n-1000', 'w6 n-100000']),
    ('a timer of 10,000, of a million, armed and taken off or fired',
     ['w7 10-k', 'w7 1-m']),
    ('a leaf of a tree of a million tasks', ['w10 leaf', 'w10 bytes']),
    ('a byte of a loop with an await every 4096', ['w11 byte']),
]
# A column, and its programs: the fastest, or the first one there.
COLUMNS = [
    ('awaitc', min, ['ours']),
    ('by hand', min, ['hand']),
    ('C++20', min, ['g++', 'clang++']),
    ('Rust', lambda found: found[0], ['rust', 'rust-box']),
    ('Go', min, ['go']),
    ('node', min, ['node']),
    ('asyncio', min, ['python']),
    ('libuv', min, ['libuv']),
]


def number(x):
    return f'{x:.2g}' if x < 99.5 else f'{float(f"{x:.3g}"):,.0f}'


def span(values, text):
    """A number, or `least to most`, in `text` form."""
    low, high = text(min(values)), text(max(values))
    return low if low == high else f'{low} to {high}'


def cell(results, metrics, choose, programs):
    found = {}
    for metric in metrics:
        there = [(results[metric, p]['median'], results[metric, p]['ratio'])
                 for p in programs if (metric, p) in results]
        if there:
            found[metric] = choose(there)
    times = [found[m] for m in found if not m.endswith('bytes')]
    if not times:
        return ''
    text = span([t for t, _ in times], number)
    if programs == ['ours']:
        text += f' ({span([r for _, r in times], number)})'
    return text + ''.join(f', {number(found[m][0])} B' for m in found
                          if m.endswith('bytes'))


def table(results):
    there = {program for _, program in results}
    columns = [c for c in COLUMNS if there.intersection(c[2])]
    yield '| | ' + ' | '.join(c[0] for c in columns) + ' |'
    yield '|---' * (len(columns) + 1) + '|'
    for title, metrics in ROWS:
        cells = [cell(results, metrics, choose, p) for _, choose, p in columns]
        if any(cells):
            yield f'| {title} | ' + ' | '.join(cells) + ' |'


def main():
    result = os.environ.get('RESULT', 'build/bench/result.json')
    with open(result, encoding='utf-8') as f:
        run = json.load(f)
    results = {(f"{r['workload']} {r['metric']}", r['program']): r
               for r in run['results']}
    compiler = re.sub(r' \(.*?\)', '', run['tools'][0])
    intro = textwrap.fill(INTRO.format(compiler), 80)
    text = '\n'.join([intro, '', *table(results), ''])
    if len(sys.argv) == 1:
        print(text, end='')
        return
    with open(sys.argv[1], encoding='utf-8') as f:
        readme = f.read()
    old = r'(\n## What it costs\n\n)(?:[^#|\n].*\n|\n)*(?:\|.*\n)+'
    new, count = re.subn(old, lambda m: m[1] + text, readme)
    if count != 1:
        sys.exit(f'{sys.argv[1]}: no table under "## What it costs"')
    with open(sys.argv[1], 'w', encoding='utf-8') as f:
        f.write(new)


main()
