#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The grammar for VS Code: its JSON and regular expressions, that each word
and form of token.def has a pattern, and where a word is an identifier."""
import json
import os
import re
import sys

FOLDER = 'grammar/editors/vscode'
# What follows a word in a program.
AFTER = {'try': ' {', 'finally': ' {', 'catch': ' (EIO) {', 'async': ' int f'}
NOT_WORDS = ['uv_async_t async;', 'p->await = 1', 'x.yield', 'async->data',
             'throw = 2', 'int try = 1;', 'finally(x)', 'awaits x', 'aw_run;']


def load(name):
    with open(os.path.join(FOLDER, name), encoding='utf-8') as f:
        return json.load(f)


def words():
    """Yields (word, typical use) for every WORD and FORM."""
    with open('grammar/token.def', encoding='utf-8') as f:
        for line in f:
            m = re.match(r'(WORD|FORM)\(\w+, "(\w+)"(?:, "(\w+)")?\)', line)
            if not m:
                continue
            after = '(x)' if m[1] == 'FORM' else AFTER.get(m[2], ' x;')
            for word in filter(None, (m[2], m[3])):
                yield word, word + after


def main():
    package = load('package.json')
    assert '.aw' in package['contributes']['languages'][0]['extensions']
    grammar = package['contributes']['grammars'][0]
    rules = load(grammar['path'])
    assert rules['scopeName'] == grammar['scopeName']
    patterns = [re.compile(p['match']) for p in rules['patterns']]
    bad = [w for w, use in words()
           if not any((m := p.match(use)) and m[0] == w for p in patterns)]
    bad += [t for t in NOT_WORDS if any(p.search(t) for p in patterns)]
    for b in bad:
        print('vscode:', b)
    return 1 if bad else 0


sys.exit(main())
