#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Random programs in two languages: awaitc's, and Python's asyncio.

usage: twins.py SEED COUNT OUT     writes OUT.aw and OUT.py

COUNT programs, from seed SEED on, run one after the other.

Both print the same lines in the same order: functions that await each other
and sleep, with loops, switch, goto, return, break, continue; try with clauses
and finally, defer (try/finally in Python), throw of numbers and of what a
clause caught, aw_try; tasks that other tasks cancel at some step, before they
start, during cleanup, more than once, some at every step; tasks within
functions that outlive them, and what main leaves behind; gather, race, wait_for, shield and aw_try in
each other (twin_tasks.py), also as tasks of their own; events, locks,
semaphores, conditions, barriers, queues, timeout blocks, groups
(twin_blocks.py). twin_loop.py, twin_combine.py and twin_sync.py are the
Python side's library. Where our rules differ on
purpose:

- `catch (int e)` is `except Error`; as Python's `except Exception`, it lets a
  cancellation pass. Clauses have numbers where Python has classes.
- finally and defer cannot be left by a jump, in Python they can: not written.
- Whether a cancellation is a task's own decides what aw_try does. Python's
  Task.cancelling() counts requests until uncancel(); here the marks are aside
  while it is handled, and gone with it: twin_loop.caught and twin_loop.cleanup.
- goto does not exist in Python: an exception that only its label takes.
- A timer's end takes one turn of Python's loop more: see twin_loop.Loop.
- gather, race, shield and wait_for are not asyncio's: twin_combine.py says
  where they differ, and has them by our rules, on asyncio's tasks.
- A semaphore that is free does not yield, whoever else has been woken:
  twin_loop.Semaphore. Locks, queues, conditions, barriers, timeout blocks and
  groups are by our rules: twin_sync.py says where asyncio's differ.
- What main leaves is cancelled and drained by aw_run: twin_loop.drain.

Every loop asks fuel(), so that all programs end. Values stay positive: % of
negative ones is another in Python.
"""
import random
import sys

from twin_blocks import Blocks, py_block
from twin_tasks import Tasks, indent

CODES = [1, 2, 3, 4, 5]
CANCELLED = 'AW_CANCELLED'
HEAD = '''\
/* By tests/same/twins.py. */
#include <aw.h>
#include <stdio.h>

static int fuel_left, start;

static void reset(void)
{
    start = (int)aw_now_ms();
    fuel_left = 60;
}

static void begin(int seed)
{
    printf("program %d\\n", seed);
    reset();
}

static int fuel(void)
{
    return fuel_left-- > 0;
}

static void say(int n, int v)
{
    printf("%d %d %d\\n", (int)aw_now_ms() - start, n, v);
}

static void gone(int *p)
{
    say(*p, 0);
}

/* Time, then turns of the loop. */
static async void pass(int ms, int turns)
{
    if (ms > 0)
        await aw_sleep_ms(ms);
    while (turns-- > 0)
        await aw_sleep_ms(0);
}
'''


class Ctx:
    """What a statement may do where it stands."""
    def __init__(self, **kw):
        self.depth = 0
        self.brk = False        # break
        self.cont = False       # continue
        self.ret = True         # return, goto out
        self.labels = ()
        self.caught = None      # the variable of the clause around
        self.tasks = ()         # handles of tasks
        self.groups = ()        # numbers and variables of groups around
        self.guarded = False    # a lock is held
        self.condition = False  # that of the condition
        self.__dict__.update(kw)

    def but(self, **kw):
        return Ctx(**{**self.__dict__, **kw})


class Gen(Tasks, Blocks):
    """Statements and expressions are pairs of texts, C and Python."""
    def __init__(self, seed, deep):
        self.r = random.Random(seed)
        self.seed = seed
        self.deep = deep
        self.nfuncs = self.r.randint(2, 5)
        self.cur = 0            # functions call those of higher number
        self.ids = 0
        self.marks = 0
        self.budget = 0
        self.site = 0           # of the await that is being written
        self.held = 'h'         # where it leaves what goes on

    def name(self, k):
        return 'f%d_%s' % (self.seed, k)

    def new(self):
        self.ids += 1
        return self.ids

    def say(self, value=None):
        self.marks += 1
        c, py = value or ('0', '0')
        return (['say(%d, %s);' % (self.marks, c)],
                ['say(%d, %s)' % (self.marks, py)])

    def chance(self, percent):
        return self.r.randrange(100) < percent

    # --- expressions --------------------------------------------------------

    def var(self):
        return self.r.choice(['a', 'x', 'y', 'z'])

    def plain(self):
        """An int from 0 to 96 without effects."""
        k = self.r.randrange(4)
        if k == 0:
            s = str(self.r.randrange(10))
        elif k < 3:
            s = self.var()
        else:
            s = '(%s + %d) %% 7' % (self.var(), self.r.randrange(7))
        return s, s

    def delay(self):
        return self.r.choice([0, 0, 0, 1, 2, 5, 5, 10])

    def call(self):
        """A coroutine expression, or None when no function is left."""
        if self.cur + 1 >= self.nfuncs:
            return None
        f = self.r.randrange(self.cur + 1, self.nfuncs)
        c, py = self.value() if self.chance(20) else self.plain()
        f = self.name(f)
        return '%s(%s)' % (f, c), '%s(%s)' % (f, py)

    def value(self):
        """An int, perhaps with awaits."""
        f = self.call() if self.chance(60) else None
        if not f:
            return self.plain()
        c, py = 'await ' + f[0], '(await %s)' % f[1]
        k = self.r.randrange(5)
        if k == 0:
            p = self.plain()
            return ('(%s + %s) %% 97' % (c, p[0]),
                    '(%s + %s) %% 97' % (py, p[1]))
        if k == 1:
            g = self.value()
            return ('(%s * 3 + (%s)) %% 97' % (c, g[0]),
                    '(%s * 3 + (%s)) %% 97' % (py, g[1]))
        if k == 2:
            p, q = self.test(), self.plain()
            return ('((%s) ? %s : %s)' % (p[0], c, q[0]),
                    '(%s if %s else %s)' % (py, p[1], q[1]))
        return c, py

    def test(self):
        k = self.r.randrange(6)
        if k < 3:
            s = '%s %s %d' % (self.var(), self.r.choice(['<', '>', '!=']),
                              self.r.randrange(6))
            return s, s
        if k == 3:
            s = '%s %% 2' % self.var()
            return s, s
        a, b = self.value(), self.plain()
        if k == 4:
            return ('(%s) > (%s)' % (a[0], b[0]), '(%s) > (%s)' % (a[1], b[1]))
        op, word = self.r.choice([('&&', 'and'), ('||', 'or')])
        t = self.test()
        return ('(%s) %s (%s)' % (t[0], op, a[0]),
                '(%s) %s (%s)' % (t[1], word, a[1]))

    # --- simple statements --------------------------------------------------

    def assign(self, ctx):
        v, (c, py) = self.r.choice('xyz'), self.value()
        s = self.say((v, v)) if self.chance(50) else ([], [])
        return ['%s = %s;' % (v, c)] + s[0], ['%s = %s' % (v, py)] + s[1]

    def sleep(self, ctx):
        d = self.delay()
        s = self.say() if self.chance(60) else ([], [])
        return (['await aw_sleep_ms(%d);' % d] + s[0],
                ['await sleep(%d)' % d] + s[1])

    def attempt(self, ctx):
        f = self.call()
        if not f:
            return self.sleep(ctx)
        v = self.r.choice('xyz')
        if self.chance(30):
            return (['%s = await aw_try(%s);' % (v, f[0])] +
                    self.say((v, v))[0] + ['%s &= 127;' % v],
                    ['%s, _ = await attempt(%s)' % (v, f[1]),
                     'say(%d, %s)' % (self.marks, v), '%s &= 127' % v])
        w = self.r.choice([w for w in 'xyz' if w != v])
        self.marks += 1
        return (['%s = await aw_try(%s = %s);' % (v, w, f[0]),
                 'say(%d, %s);' % (self.marks, v), '%s &= 127;' % v],
                ['%s, r_ = await attempt(%s)' % (v, f[1]),
                 'if %s == 0: %s = r_' % (v, w),
                 'say(%d, %s)' % (self.marks, v), '%s &= 127' % v])

    def throw(self, ctx):
        k = self.r.randrange(10)
        if ctx.caught and k < 5:
            return ['throw aw_caught();'], ['raise error(%s)' % ctx.caught]
        if k == 5:
            return ['throw %s;' % CANCELLED], ['raise Cancelled()']
        if k == 6:
            v = self.var()
            return (['throw %s %% 5 + 1;' % v],
                    ['raise error(%s %% 5 + 1)' % v])
        n = self.r.choice(CODES)
        return ['throw %d;' % n], ['raise error(%d)' % n]

    def leave(self, ctx):
        """return, break, continue, goto, throw; perhaps on a condition."""
        ways = [self.throw, self.throw]
        if ctx.ret:
            ways += [self.returns, self.returns]
        if ctx.brk:
            ways += [lambda ctx: (['break;'], ['break'])] * 2
        if ctx.cont:
            ways += [lambda ctx: (['continue;'], ['continue'])] * 2
        if ctx.labels:
            n = self.r.choice(ctx.labels)
            ways += [lambda ctx: (['goto L%d;' % n], ['raise Goto(%d)' % n])]
        c, py = self.r.choice(ways)(ctx)
        if self.chance(20):
            return c, py
        t = self.test()
        return (['if (%s) {' % t[0]] + indent(c) + ['}'],
                ['if %s:' % t[1]] + indent(py))

    def returns(self, ctx):
        c, py = self.value()
        return ['return %s;' % c], ['return %s' % py]

    # --- control ------------------------------------------------------------

    def ifs(self, ctx):
        t = self.test()
        c1, p1 = self.block(ctx)
        if self.chance(50):
            return (['if (%s) {' % t[0]] + indent(c1) + ['}'],
                    ['if %s:' % t[1]] + py_block(p1))
        c2, p2 = self.block(ctx)
        return (['if (%s) {' % t[0]] + indent(c1) + ['} else {'] +
                indent(c2) + ['}'],
                ['if %s:' % t[1]] + py_block(p1) + ['else:'] + py_block(p2))

    def loop(self, ctx):
        n, i, kind = self.r.randint(1, 3), 'i%d' % self.new(), \
            self.r.randrange(4)
        inner = ctx.but(brk=True, cont=True)
        c, py = self.block(inner)
        c = ['if (!fuel())', '    break;'] + c
        py = ['if not fuel():', '    break'] + py
        if kind == 0:
            return (['for (int %s = 0; %s < %d; %s++) {' % (i, i, n, i)] +
                    indent(c) + ['}'],
                    ['for %s in range(%d):' % (i, n)] + indent(py))
        t = self.test()
        head = ['int %s = %d;' % (i, n)], ['%s = %d' % (i, n)]
        c = ['%s--;' % i] + c
        py = ['%s -= 1' % i] + py
        if kind == 1:
            return (head[0] + ['do {'] + indent(c) +
                    ['} while (%s > 0 && (%s));' % (i, t[0])],
                    head[1] + ['%s_ = True' % i,
                               'while %s_ or (%s > 0 and (%s)):' % (i, i, t[1]),
                               '    %s_ = False' % i] + indent(py))
        if kind == 2 and not self.is_used_up():
            s = self.value()
            return (head[0] + ['for (; %s > 0 && (%s); x = %s) {' %
                               (i, t[0], s[0])] + indent(c) + ['}'],
                    head[1] + ['%s_ = False' % i,
                               'while True:',
                               '    if %s_: x = %s' % (i, s[1]),
                               '    %s_ = True' % i,
                               '    if not (%s > 0 and (%s)): break' %
                               (i, t[1])] + indent(py))
        return (head[0] + ['while (%s > 0 && (%s)) {' % (i, t[0])] +
                indent(c) + ['}'],
                head[1] + ['while %s > 0 and (%s):' % (i, t[1])] + indent(py))

    def switch(self, ctx):
        v, k = self.value(), 's%d' % self.new()
        inner = ctx.but(brk=True, cont=False)
        c = ['switch ((%s) %% 3) {' % v[0]]
        py = ['for %s in [(%s) %% 3]:' % (k, v[1])]
        for n in range(2):
            cc, pp = self.block(inner)
            c += ['case %d: {' % n] + indent(cc) + ['}', '    break;']
            py += indent([('if' if n == 0 else 'elif') + ' %s == %d:' % (k, n)]
                         + py_block(pp))
        if self.chance(60):
            cc, pp = self.block(inner)
            c += ['default: {'] + indent(cc) + ['}']
            py += indent(['else:'] + py_block(pp))
        return c + ['}'], py

    def forward(self, ctx):
        """A block that gotos leave for the label behind it."""
        n = self.new()
        c, py = self.block(ctx.but(labels=ctx.labels + (n,)))
        return (['{'] + indent(c) + ['}', 'L%d:;' % n],
                ['try:'] + py_block(py) + self.landing(n, 'pass'))

    @staticmethod
    def landing(n, then):
        return ['except Goto as g_:', '    if g_.label != %d:' % n,
                '        raise', '    ' + then]

    def backward(self, ctx):
        """A label and gotos back to it, out of the defers between."""
        n, i, times = self.new(), 'i%d' % self.new(), self.r.randint(1, 2)
        inner = ctx.but(brk=False, cont=False)
        c, py = self.block(inner, (
            ['if (%s-- > 0 && fuel())' % i, '    goto L%d;' % n],
            ['%s -= 1' % i, 'if %s >= 0 and fuel():' % i,
             '    raise Goto(%d)' % n]))
        return (['int %s = %d;' % (i, times), '{', 'L%d:;' % n] + indent(c) + ['}'],
                ['%s = %d' % (i, times), 'while True:', '    try:'] +
                indent(py_block(py)) +
                indent(self.landing(n, 'continue')) + ['    break'])

    # --- errors and cleanup -------------------------------------------------

    def clauses(self, ctx):
        """A list of (C head, Python head, whether it takes cancellation)."""
        out, left = [], CODES[:]
        self.r.shuffle(left)
        cancel = self.chance(40)
        for _ in range(self.r.randint(0, 2)):
            take = [left.pop() for _ in range(self.r.randint(1, 2))]
            names = [str(t) for t in take], \
                ['ERRORS[%d]' % t for t in take]
            if cancel and self.chance(30):
                names[0].append(CANCELLED)
                names[1].append('Cancelled')
                cancel = False
            out.append((', '.join(names[0]), '(%s,)' % ', '.join(names[1])))
        if cancel:
            out.append((CANCELLED, 'Cancelled'))
        if not out or self.chance(50):
            out.append(('int', 'Error'))
        return out

    def clause(self, ctx, head):
        e = 'e%d' % self.new()
        c, py = self.block(ctx.but(caught=e))
        s = self.say(('aw_caught()', e))
        name = head[0] if head[0] != 'int' else 'int ' + e
        extra = []
        if head[0] == 'int' and self.chance(50):
            s = self.say((e, e))
        return ([' catch (%s) {' % name] + extra + indent(s[0] + c) + ['}'],
                ['except %s as e_:' % head[1],
                 '    %s = code_of(e_)' % e,
                 '    with caught(e_):'] +
                indent(indent(s[1] + py)))

    @staticmethod
    def join(c, more):
        """Puts `} catch ... {` on one line."""
        return c[:-1] + [c[-1] + more[0]] + more[1:]

    def tries(self, ctx):
        final = self.chance(45)
        c, py = self.block(ctx)
        c, py = ['try {'] + indent(c) + ['}'], ['try:'] + py_block(py)
        clauses = self.clauses(ctx) if not final or self.chance(60) else []
        for head in clauses:
            more = self.clause(ctx, head)
            c = self.join(c, more[0])
            py += more[1]
        if not final:
            return c, py
        if not clauses:
            py = py_block([])[:0] + self.unwrap(py)
        fc, fpy = self.cleanup_body(ctx)
        c = self.join(c, [' finally {'] + indent(fc) + ['}'])
        return c, self.py_finally(py, fpy)

    @staticmethod
    def unwrap(py):
        """The statements of `try:` without clauses."""
        return [s[4:] for s in py[1:]]

    def py_finally(self, body, final):
        p = 'p%d' % self.new()
        return ([p + ' = False', 'try:', '    try:'] +
                indent(py_block(body)) +
                ['    except Cancelled:', '        %s = True' % p,
                 '        raise', 'finally:', '    with cleanup(%s):' % p] +
                indent(py_block(final)))

    def cleanup_body(self, ctx):
        inner = ctx.but(brk=False, cont=False, ret=False, labels=(),
                        depth=ctx.depth + 1)
        return self.block(inner, force=True)

    def deferred(self, ctx, rest):
        """A defer, or a variable with a cleanup; `rest` of the block."""
        if self.chance(25):
            self.marks += 1
            v = 'g%d' % self.new()
            c = ['__attribute__((cleanup(gone))) int %s = %d;' %
                 (v, self.marks)]
            return c + rest[0], self.py_finally(rest[1],
                                                ['say(%d, 0)' % self.marks])
        if self.chance(40):
            s = self.say((self.var(),) * 2)
            return (['defer ' + s[0][0]] + rest[0],
                    self.py_finally(rest[1], s[1]))
        fc, fpy = self.cleanup_body(ctx)
        return (['defer {'] + indent(fc) + ['}'] + rest[0],
                self.py_finally(rest[1], fpy))

    # --- blocks -------------------------------------------------------------

    def is_used_up(self):
        return self.budget <= 0

    def statement(self, ctx):
        self.budget -= 1
        simple = [self.assign, self.sleep, self.sleep, self.attempt,
                  self.leave, self.leave, self.combine, self.combine,
                  self.combine, self.event, self.with_task,
                  self.timed_wait, self.timed_wait, self.spawn,
                  lambda ctx: self.say((self.var(),) * 2)]
        nested = [self.tries, self.tries, self.tries, self.ifs, self.loop,
                  self.loop, self.switch, self.forward, self.backward, self.guard,
                  self.task_block, self.task_block, self.timeout, self.timeout,
                  self.group, self.group]
        if ctx.condition and self.chance(40):
            return self.condition(ctx)
        if ctx.depth >= self.deep or self.is_used_up() or self.chance(40):
            return self.r.choice(simple)(ctx)
        return self.r.choice(nested)(ctx.but(depth=ctx.depth + 1))

    def block(self, ctx, tail=None, force=False):
        """Statements; a defer among them takes what follows."""
        n = self.r.randint(1 if force else 0, 3)
        return self.rest(ctx, n, tail or ([], []))

    def rest(self, ctx, n, tail):
        if n == 0:
            return list(tail[0]), list(tail[1])
        if self.chance(18) and ctx.depth <= self.deep and not self.is_used_up():
            self.budget -= 1
            after = self.rest(ctx, n - 1, tail)
            return self.deferred(ctx, after)
        c, py = self.statement(ctx)
        # a declaration and labels in front want a block of their own
        if c[0].startswith('int '):
            c = ['{'] + indent(c) + ['}']
        c2, py2 = self.rest(ctx, n - 1, tail)
        return c + c2, py + py2

    def function(self, k):
        self.cur = k
        self.budget = self.r.choice([6, 12, 25])
        end = 'return (x + y + z) % 97'
        c, py = self.rest(Ctx(), self.r.randint(3, 6), ([end + ';'], [end]))
        c = ['', 'static async int %s(int a)' % self.name(k), '{'] + \
            indent(['int x = 0, y = 1, z = a;', 'say(%d, a);' % (1000 + k)] +
                   c) + ['}']
        py = ['', '', '@holds', 'async def %s(h, a):' % self.name(k)] + \
            indent(['x, y, z = 0, 1, a', 'say(%d, a)' % (1000 + k)] + py)
        return c, py

    def program(self):
        parts = [self.function(k) for k in range(self.nfuncs - 1, -1, -1)]
        parts += [self.canceller(), self.main()]
        parts = [self.shared()] + parts
        return ([s for p in parts for s in p[0]],
                [s for p in parts for s in p[1]])


def program(seed):
    """Of a seed; Python nests no more than 20 blocks."""
    for deep in range(5, 0, -1):
        c, py = Gen(seed, deep).program()
        try:
            compile('\n'.join(py), '', 'exec')
            return c, py
        except SyntaxError:
            pass
    raise SystemExit('seed %d nests too deeply' % seed)


def main():
    first, count, out = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    seeds = range(first, first + count)
    programs = [program(seed) for seed in seeds]
    c = [s for p in programs for s in p[0]] + ['', 'int main(void)', '{']
    py = ['from twin_loop import *', 'from twin_combine import *',
          'from twin_sync import *'] + [s for p in programs for s in p[1]]
    py += ['', '']
    for seed in seeds:
        c += ['    begin(%d);' % seed, '    aw_run(f%d_main());' % seed]
        py += ['run(%d, f%d_main)' % (seed, seed)]
    c += ['    return 0;', '}']
    with open(out + '.aw', 'w') as f:
        f.write(HEAD + '\n'.join(c) + '\n')
    with open(out + '.py', 'w') as f:
        f.write('\n'.join(py) + '\n')


if __name__ == '__main__':
    main()
