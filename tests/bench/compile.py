#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""awaitc itself (W12): time and memory for preprocessed units of SIZES
megabytes, a hundred async functions for each, and gcc -O2 on what awaitc wrote
for those of at most GCC_SIZE.  compile.py [SIZE...]
"""
import os
import subprocess
import sys

SIZES = [0.625, 1.25, 2.5, 5, 10, 50]
GCC_SIZE = float(os.environ.get('GCC_SIZE', 1.25))
WORK = 'build/bench/w12'
AWAITC = 'build/release/awaitc'

HEAD = '''
struct item%(n)d { int key; long sum; char name[16]; struct item%(n)d *next; };
static async int leaf%(n)d(int x, struct item%(n)d *it)
{
    await aw_sleep_ms(x & 1);
    it->sum += x;
    return x + %(n)d;
}
async long work%(n)d(int a, int b, struct item%(n)d *list)
{
    long total = 0;
    int buffer[8] = { a, b, a + b };
    try {
'''
STEP = '''
        for (int i%(k)d = 0; i%(k)d < (a & 7); i%(k)d++) {
            struct item%(n)d it = { .key = i%(k)d, .sum = b, .next = list };
            if (it.key %% 3 == 1) {
                total += await leaf%(n)d(it.key * 2 + %(k)d, &it);
                continue;
            }
            switch (it.key & 3) {
            case 0: buffer[%(k)d & 7] += (int)(total >> 2) ^ it.key; break;
            case 1: total -= buffer[it.key & 7] * (long)b; break;
            default:
                buffer[(it.key + 1) & 7] = it.sum > total ? a : b;
                total = total * 31 + (unsigned char)it.name[it.key & 15];
            }
        }
'''
TAIL = '''
    } catch (int e) {
        total = -e;
    } finally {
        buffer[0] = 0;
    }
    return total + buffer[1];
}
'''


def write_unit(path, size):
    """A unit of `size` megabytes: 100 functions for each of them."""
    head = subprocess.run(['cc', '-E', '-D__AWAITC__', '-Iruntime', '-x', 'c', '-'],
                          input='#include <aw.h>\n', text=True, check=True,
                          capture_output=True).stdout
    count = max(1, round(size * 100))
    each = (size * 1e6 - len(head)) / count
    with open(path, 'w') as f:
        f.write(head)
        for n in range(count):
            parts, length, k = [HEAD % {'n': n}], 0, 0
            while length < each:
                parts.append(STEP % {'n': n, 'k': k})
                length = sum(map(len, parts)) + len(TAIL)
                k += 1
            f.write(''.join(parts) + TAIL)


def run(command):
    """Seconds of processor time, and megabytes at most resident."""
    pid = os.posix_spawnp(command[0], command, os.environ)
    _, status, used = os.wait4(pid, 0)
    if status:
        sys.exit('fails: ' + ' '.join(command))
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main():
    sizes = [float(a) for a in sys.argv[1:]] or SIZES
    os.makedirs(WORK, exist_ok=True)
    print('input MB  awaitc s  s/MB   MB  MB/MB  gcc -O2 s  ratio')
    for size in sizes:
        source, out = f'{WORK}/{size}.i', f'{WORK}/{size}.c'
        write_unit(source, size)
        mb = os.path.getsize(source) / 1e6
        used = sorted(run([AWAITC, '-o', out, source]) for _ in range(3))
        seconds, memory = used[1]
        line = f'{mb:8.2f} {seconds:9.2f} {seconds / mb:5.2f} ' \
               f'{memory:4.0f} {memory / mb:6.1f}'
        if size <= GCC_SIZE:
            gcc, _ = run(['gcc', '-w', '-O2', '-c', '-o', f'{WORK}/w12.o', out])
            line += f' {gcc:10.1f} {seconds / gcc:6.3f}'
        print(line, flush=True)
        os.remove(source)
        os.remove(out)


main()
