#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the functions of a C program async.

usage: asyncify.py [--seed N] [--sleeps PERCENT] [--wrap PERCENT]
                   [--pointers PERCENT] [--forms PERCENT] FILE.c

Every function the file defines becomes async, every call of one is awaited,
real suspensions go between random statements (--sleeps), and into expressions
in place of random numbers (--wrap). Random calls go through a pointer to the
function (--pointers), or a combinator that hands the result on (--forms). The
program means the same, so it must print the same: that is the oracle of
tests/same. No macros around calls;
functions named plain_x stay as they are; ASYNC and AWAIT, macros that are
empty in the plain program, go with pointers to functions.
"""
import argparse
import os
import random
import re

TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|#(?:\\\n|[^\n])*'
    r'|"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\''
    r'|[A-Za-z_]\w*|\d(?:[eEpP][+-]|[\w.])*|\s+|.', re.S)
NAME = re.compile(r'[A-Za-z_]\w*$')
OPEN = ('(', '[', '{')
CLOSE = (')', ']', '}')
BEFORE_CALL = ('return', 'else', 'do', 'case', 'sizeof')
UNEVALUATED = ('sizeof', 'typeof', '__typeof__', '_Alignof', '_Alignas',
               '_Static_assert', '__attribute__')


def is_blank(t):
    return t.isspace() or t.startswith(('//', '/*', '#'))


class Asyncify:
    def __init__(self, text, rng, args, names):
        self.tok = TOKEN.findall(text)
        self.rng = rng
        self.args = args
        self.names = names
        self.pointed = set()
        self.out = []

    def next(self, i):
        """Index of the next token that counts, from i on."""
        while i < len(self.tok) and is_blank(self.tok[i]):
            i += 1
        return i

    def prev(self, i):
        """The last token that counts before i."""
        i -= 1
        while i >= 0 and is_blank(self.tok[i]):
            i -= 1
        return self.tok[i] if i >= 0 else ''

    def at(self, i):
        """The first token that counts from i on."""
        i = self.next(i)
        return self.tok[i] if i < len(self.tok) else ''

    def close(self, i):
        """Index behind the bracket that closes the one at i."""
        depth = 0
        while True:
            if self.tok[i] in OPEN:
                depth += 1
            elif self.tok[i] in CLOSE:
                depth -= 1
                if depth == 0:
                    return i + 1
            i += 1

    def is_call(self, i):
        """Not the declaration of a function inside a block."""
        if self.tok[i] not in self.names or self.at(i + 1) != '(':
            return False
        before = self.prev(i)
        return not NAME.match(before) or before in BEFORE_CALL

    def is_tag(self, i):
        """Whether the brace at i opens the members of a struct or union."""
        j = i - 1
        while j >= 0 and (NAME.match(self.tok[j]) or is_blank(self.tok[j])
                          or self.tok[j] == ')'):
            if self.tok[j] in ('struct', 'union'):
                return True
            if self.tok[j] == ')':
                depth = 0
                while depth or self.tok[j] == ')':
                    depth += (self.tok[j] == ')') - (self.tok[j] == '(')
                    j -= 1
            else:
                j -= 1
        return False

    def skipped(self, i):
        """Behind operands that are constant or not evaluated; i if none."""
        if self.tok[i] in UNEVALUATED and self.at(i + 1) == '(':
            return self.close(self.next(i + 1))
        if self.tok[i] == 'static' or self.tok[i] == 'enum':
            while self.tok[i] != ';':
                i = self.close(i) if self.tok[i] in OPEN else i + 1
        if self.tok[i] == 'case':
            while self.tok[i] != ':':
                i += 1
        return i

    def body(self, i, end):
        """Tokens i..end of a body: calls awaited, suspensions added."""
        opened = []
        while i < end:
            t = self.tok[i]
            if self.is_call(i):
                j = self.close(self.next(i + 1))
                callee = self.callee(t)
                before, behind = self.form() if callee == t else ('', '')
                self.out.append('(await ' + before + callee)
                self.body(i + 1, j)
                self.out.append(behind + ')')
                i = j
                continue
            j = self.skipped(i)
            if j > i:
                self.out += self.tok[i:j]
                i = j
                continue
            if t in OPEN:
                opened.append('tag' if t == '{' and self.is_tag(i) else
                              'value' if t == '{' and self.prev(i) == '('
                              else t)
            elif t in CLOSE:
                opened.pop()
            self.out.append(self.number(t) if '[' not in opened else t)
            i += 1
            if t == ';' and opened and self.sleeps_here(i, opened[-1]):
                self.out.append(' await aw_sleep_ms(0);')

    def sleeps_here(self, i, bracket):
        """Not among members, nor between a statement and its else, nor
        behind the value of a statement expression."""
        after = self.at(i)
        if bracket not in ('{', 'value') or after in ('else', 'while') or \
                (bracket == 'value' and after == '}'):
            return False
        return self.rng.randrange(100) < self.args.sleeps

    def some(self, percent):
        return percent and self.rng.randrange(100) < percent

    def callee(self, name):
        if name in self.pointed and self.some(self.args.pointers):
            return self.rng.choice(('ptr_%s', '(*ptr_%s)')) % name
        return name

    def form(self):
        """What stands around the coroutine that is awaited."""
        if not self.some(self.args.forms):
            return '', ''
        return self.rng.choice((('aw_shield(', ')'),
                                ('aw_wait_for_ms(', ', 1000000)'),
                                ('(', ')')))

    def pointer(self, name):
        """Behind the first declaration of a function: a pointer to it."""
        if self.args.pointers and name not in self.pointed:
            self.pointed.add(name)
            self.out.append(' static __typeof__(%s) *ptr_%s = %s;' %
                            (name, name, name))

    def number(self, t):
        if not t[0].isdigit() or not self.some(self.args.wrap):
            return t
        return '({ await aw_sleep_ms(0); %s; })' % t

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
                self.pointer(self.tok[k])
                return stop
            if self.tok[j] == ';':
                self.out.append(';')
                self.pointer(self.tok[k])
                return j + 1
            return j
        while j < len(self.tok) and self.tok[j] != ';':
            plain = self.tok[j] == '{' and self.prev(j) == ')'
            j = self.close(j) if self.tok[j] in OPEN else j + 1
            if plain:
                j -= 1
                break
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
            if j < len(tok) and tok[j] == '{' and \
                    not tok[i - 1].startswith('plain_'):
                names.add(tok[i - 1])
        if len(t) == 1:
            depth += (t in '({[') - (t in ')}]')
    return names


def with_local(path):
    """The text of a file, with those beside it that it includes in place."""
    def text_of(include):
        beside = os.path.join(os.path.dirname(path), include.group(1))
        return with_local(beside) if os.path.exists(beside) \
            else include.group()

    with open(path) as f:
        return re.sub(r'^#include "(.*)"$', text_of, f.read(), flags=re.M)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--seed', type=int, default=0)
    ap.add_argument('--sleeps', type=int, default=30)
    ap.add_argument('--wrap', type=int, default=0)
    ap.add_argument('--pointers', type=int, default=0)
    ap.add_argument('--forms', type=int, default=0)
    ap.add_argument('file')
    a = ap.parse_args()
    text = with_local(a.file)
    names = defined_functions(text)
    out = Asyncify(text, random.Random(a.seed), a, names).run()
    print('#include <aw.h>')
    print('#line 1 "%s"' % a.file.rsplit('/', 1)[-1])
    print(out, end='')


main()
