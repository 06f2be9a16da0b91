# SPDX-License-Identifier: MIT
"""What bench.h is for C."""
import os
import re
import sys
import time


def now():
    return time.process_time(), time.perf_counter()


def since(begin):
    cpu, wall = now()
    return cpu - begin[0], wall - begin[1]


def count(n):
    """n, or n / $BENCH_PART and at least one, to try a program only."""
    return max(1, n // int(os.environ.get('BENCH_PART', 1)))


def peak():
    """The most bytes this process ever had resident (Linux)."""
    with open('/proc/self/status', encoding='ascii') as f:
        return int(re.search(r'VmHWM:\s+(\d+)', f.read())[1]) * 1024


def each(metric, took, n):
    """Prints what each of n operations took."""
    cpu, wall = took
    print(f'{metric} {cpu / n * 1e9:.4g} ns {wall / n * 1e9:.4g}')


def report_bytes(before, n):
    """Prints what each of n tasks added to the peak."""
    print(f'bytes {(peak() - before) / n:.4g} B')


def expect(right):
    if not right:
        sys.exit('wrong result')
