#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the functions of a C program async.

usage: asyncify.py [--seed N] [--sleeps PERCENT] FILE.c > FILE.aw

Every function the file defines becomes async, every call of one is awaited,
and real suspensions go between random statements. The program means the same,
so it must print the same: that is the oracle of tests/same. Works on C as
csmith writes it: functions named func_N, main, no macros around calls.
"""
import argparse
import random
import re

TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|#[^\n]*(?:\\\n[^\n]*)*'
    r'|"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\''
    r'|[A-Za-z_]\w*|\d[\w.]*|\s+|.', re.S)
NAME = re.compile(r'[A-Za-z_]\w*$')


def is_blank(t):
    return t.isspace() or t.startswith(('//', '/*', '#'))


class Asyncify:
    def __init__(self, text, rng, percent, names):
        self.tok = TOKEN.findall(text)
        self.rng = rng
        self.percent = percent
        self.names = names
        self.out = []

    def next(self, i):
        """Index of the next token that counts, from i on."""
        while i < len(self.tok) and is_blank(self.tok[i]):
            i += 1
        return i

    def close(self, i):
        """Index behind the bracket that closes the one at i."""
        depth = 0
        while True:
            if self.tok[i] in '([{':
                depth += 1
            elif self.tok[i] in ')]}':
                depth -= 1
                if depth == 0:
                    return i + 1
            i += 1

    def is_call(self, i):
        j = self.next(i + 1)
        return (self.tok[i] in self.names and j < len(self.tok)
                and self.tok[j] == '(')

    def body(self, i, end):
        """Tokens i..end of a body: calls awaited, sleeps after statements."""
        parens = 0
        while i < end:
            t = self.tok[i]
            if self.is_call(i):
                j = self.close(self.next(i + 1))
                self.out.append('(await ')
                self.out.append(t)
                self.body(i + 1, j)
                self.out.append(')')
                i = j
                continue
            parens += (t in '([') - (t in ')]') if len(t) == 1 else 0
            self.out.append(t)
            i += 1
            if t == ';' and parens == 0 and self.sleeps_here(i):
                self.out.append(' await aw_sleep_ms(0);')

    def sleeps_here(self, i):
        """Not between a statement and its else."""
        j = self.next(i)
        if j < len(self.tok) and self.tok[j] == 'else':
            return False
        return self.rng.randrange(100) < self.percent

    def declaration(self, i):
        """From a declaration's start; async when it declares a function."""
        start, j = i, i
        while j < len(self.tok) and self.tok[j] not in ';{(=':
            j += 1
        k = j - 1
        while k > start and is_blank(self.tok[k]):
            k -= 1
        if j < len(self.tok) and self.tok[j] == '(' and \
                self.tok[k] in self.names:
            self.out.append('async ')
            end = self.close(j)
            self.out += self.tok[start:end]
            j = self.next(end)
            self.out += self.tok[end:j]
            if self.tok[j] == '{':
                stop = self.close(j)
                self.body(j, stop)
                return stop
            return j
        while j < len(self.tok) and self.tok[j] != ';':
            if self.tok[j] in '({[':
                j = self.close(j)
            else:
                j += 1
        self.out += self.tok[start:j + 1]
        return j + 1

    def run(self):
        i = 0
        while i < len(self.tok):
            if is_blank(self.tok[i]):
                self.out.append(self.tok[i])
                i += 1
            elif self.tok[i] == ';':
                self.out.append(';')
                i += 1
            else:
                i = self.declaration(i)
        return ''.join(self.out)


def defined_functions(text):
    """Names in front of `(...) {` at depth 0."""
    tok = [t for t in TOKEN.findall(text) if not is_blank(t)]
    names, depth = set(), 0
    for i, t in enumerate(tok):
        if t == '(' and depth == 0 and i and NAME.match(tok[i - 1]):
            d, j = 0, i
            while j < len(tok):
                d += (tok[j] == '(') - (tok[j] == ')')
                j += 1
                if d == 0:
                    break
            if j < len(tok) and tok[j] == '{':
                names.add(tok[i - 1])
        if len(t) == 1:
            depth += (t in '({[') - (t in ')}]')
    return names


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--seed', type=int, default=0)
    ap.add_argument('--sleeps', type=int, default=30)
    ap.add_argument('file')
    a = ap.parse_args()
    with open(a.file) as f:
        text = f.read()
    names = defined_functions(text)
    out = Asyncify(text, random.Random(a.seed), a.sleeps, names).run()
    print('#include <aw.h>')
    print('#line 1 "%s"' % a.file.rsplit('/', 1)[-1])
    print(out, end='')


main()
