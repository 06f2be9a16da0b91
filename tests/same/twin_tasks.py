# SPDX-License-Identifier: MIT
"""Statements of twins.py about several tasks: what runs concurrently, waits
for others and is cancelled by them.

Combinators nest and have handles, calls and sleeps for children, or the calls
of one function for each index; a function that left one early ends when the
children have (twin_loop.holds), and `again` waits for them where the same await
comes back. Waits for events always stand below a deadline or beside something
that ends, and what a lock guards awaits nothing but time, so no program gets
stuck. Handles do not leave the function that made them: no task can wait for
itself.
"""

# Programs that twins.sh keeps, which are older than aw_gather_each.
BEFORE_EACH = 5416, 1795826745


def indent(lines):
    return ['    ' + s for s in lines]


class Tasks:
    """Mixed into twins.Gen."""

    def event_name(self):
        return 'ev%d_%d' % (self.seed, self.r.randrange(2))

    # --- coroutine expressions: (C, Python, whether it has a value) ---------

    def leaf(self, ctx, bounded):
        """A child that is no combinator; bounded: somebody ends it."""
        k = self.r.randrange(10)
        if k == 0 and bounded:
            return self.waiting()
        if k < 3 and ctx.tasks:
            t = self.r.choice(ctx.tasks)
            return t, t, True
        f = self.call() if k < 8 else None
        if f:
            return f[0], f[1], True
        d = self.delay()
        return 'aw_sleep_ms(%d)' % d, 'sleep(%d)' % d, False

    def coro(self, ctx, nest, binds, bounded=False):
        if nest == 0 or self.chance(50):
            return self.leaf(ctx, bounded)
        return self.combinator(ctx, nest, binds, bounded)

    def binding(self, coro, binds):
        """Of a child, to x, y, z or nothing; `binds` collects them."""
        c, py, value = coro
        if binds is None or not value or self.chance(30):
            return c, '(None, %s)' % py
        v = self.r.choice('xyz')
        binds.add(v)
        return '%s = %s' % (v, c), "('%s', %s)" % (v, py)

    def children(self, ctx, nest, binds, bounds):
        pairs = [self.binding(self.coro(ctx, nest - 1, binds, b), binds)
                 for b in bounds]
        return ', '.join(p[0] for p in pairs), ', '.join(p[1] for p in pairs)

    def each(self, binds, head):
        """The same function for each index; None when none is left. It can
        be awaited only."""
        if self.cur + 1 >= self.nfuncs:
            return None
        f = self.name(self.r.randrange(self.cur + 1, self.nfuncs))
        k, arg = 'k%d' % self.new(), self.plain()[0]
        call = '%s((%s + %s) %% 7)' % (f, arg, k)
        c, py = self.binding((call, call, True), binds)
        n = self.r.randint(1, 4)
        n = str(n) if self.chance(50) else '%s %% %d' % (self.var(), n)
        return ('aw_gather_each(int %s, %s, %s)' % (k, n, c),
                'gather(%s, *[%s for %s in range(%s)])' % (head, py, k, n),
                False)

    def combinator(self, ctx, nest, binds, bounded):
        k = self.r.randrange(12)
        out = 'b_' if self.held == 'h' else '{}'
        head = '%s, %d, %s' % (self.held, self.site, out)
        each = None
        if (k < 5 and self.held == 'h' and self.seed not in BEFORE_EACH and
                self.chance(35)):
            each = self.each(binds, head)
        if each:
            return each
        if k < 5:
            n = self.r.choice([1, 2, 2, 3, 3])
            c, py = self.children(ctx, nest, binds, [bounded] * n)
            return 'aw_gather(%s)' % c, 'gather(%s, %s)' % (head, py), False
        if k < 7:
            n = self.r.choice([1, 2, 3])
            c, py = self.children(ctx, nest, binds,
                                  [True] * (n - 1) + [bounded])
            return 'aw_race(%s)' % c, 'race(%s, %s)' % (head, py), True
        if k < 8:
            c, py = self.children(ctx, nest, binds, [bounded])
            return 'aw_try(%s)' % c, 'attempt_to(%s, %s)' % (out, py), True
        if k < 9:
            c, py, value = self.coro(ctx, nest - 1, binds)
            return 'aw_shield(%s)' % c, 'shield(%s, %s)' % (head, py), value
        ms = self.r.choice([-1, 0, 1, 2, 3, 5, 5, 10])
        c, py, value = self.coro(ctx, nest - 1, binds, True)
        return ('aw_wait_for_ms(%s, %d)' % (c, ms),
                'wait_for(%s, %s, %d)' % (head, py, ms), value)

    # --- statements ---------------------------------------------------------

    def combine(self, ctx):
        """Awaits a combinator, says what came of it."""
        if ctx.guarded:
            return self.sleep(ctx)
        self.site = self.new()
        binds = set()
        c, py, value = self.combinator(ctx, self.r.randint(1, 3), binds, False)
        v = self.r.choice('xyz')
        if value:
            c = '%s = await %s;' % (v, c)
        else:
            c = 'await %s;' % c
        py = 'r_ = await again(h, %d, %s)' % (self.site, py)
        if binds:
            py = ['b_ = {}', 'try:', '    ' + py, 'finally:'] + \
                ["    %s = b_.get('%s', %s)" % (w, w, w) for w in sorted(binds)]
        else:
            py = ['b_ = {}', py]
        cs, ps = [c], py
        if value:
            ps = ps + ['%s = r_' % v]
        if binds and 'aw_try(' in c:    # its error may be stored and stay
            cs = ['try {', '    ' + c, '} finally {'] + \
                ['    %s &= 127;' % w for w in sorted(binds)] + ['}']
            ps = ['try:'] + indent(ps) + ['finally:'] + \
                ['    %s &= 127' % w for w in sorted(binds)]
        for w in sorted(binds | ({v} if value else set())):
            s = self.say((w, w))
            cs += s[0] + ['%s &= 127;' % w]
            ps = ps + s[1] + ['%s &= 127' % w]
        return cs, ps

    def event(self, ctx):
        e = self.event_name()
        if self.chance(60):
            return ['aw_event_set(&%s);' % e], ['%s.set()' % e]
        if self.chance(50):
            return ['aw_event_clear(&%s);' % e], ['%s.clear()' % e]
        self.marks += 1
        return (['say(%d, aw_event_is_set(&%s));' % (self.marks, e)],
                ['say(%d, int(%s.is_set()))' % (self.marks, e)])

    def guard(self, ctx):
        """A block that a lock or a semaphore guards."""
        if ctx.guarded:
            return self.sleep(ctx)
        kind, name = self.r.choice([('lock', 'lock'), ('semaphore',) * 2,
                                    ('lock', 'own')])
        inner = ctx.but(guarded=True, tasks=(), condition=name == 'own')
        name += str(self.seed)
        cur, self.cur = self.cur, self.nfuncs
        c, py = self.block(inner, force=True)
        self.cur = cur
        release = 'aw_%s_release(&%s);' % (kind, name)
        c = ['{', '    await aw_%s_acquire(&%s);' % (kind, name),
             '    defer ' + release] + indent(c) + ['}']
        return c, (['await %s.acquire()' % name] +
                   self.py_finally(py, ['%s.release()' % name]))

    def task_block(self, ctx):
        """A task and its handle, for a block; it may outlive both."""
        f = self.call()
        if not f or ctx.guarded:
            return self.sleep(ctx)
        if self.chance(25):
            f = self.root(ctx, True)
        t = 't%d' % self.new()
        end = [], []
        if self.chance(60):
            v = self.r.choice('xyz')
            s = self.say((v, v))
            end = (['%s = await %s;' % (v, t)] + s[0],
                   ['%s = await join(%s)' % (v, t)] + s[1])
        c, py = self.block(ctx.but(tasks=ctx.tasks + (t,)), end, force=True)
        return (['{', '    aw_task(int) %s = aw_create_task(%s);' % (t, f[0]),
                 '    defer aw_task_release(%s);' % t] + indent(c) + ['}'],
                ['%s = spawn(%s)' % (t, f[1])] + py)

    def with_task(self, ctx):
        """Something with a handle."""
        if not ctx.tasks:
            return self.combine(ctx)
        t = self.r.choice(ctx.tasks)
        k = self.r.randrange(4)
        if k == 0:
            v = self.r.choice('xyz')
            s = self.say((v, v))
            return (['%s = await %s;' % (v, t)] + s[0],
                    ['%s = await join(%s)' % (v, t)] + s[1])
        self.marks += 1
        if k == 1:
            return (['say(%d, aw_done(%s));' % (self.marks, t)],
                    ['say(%d, int(%s.done()))' % (self.marks, t)])
        return (['say(%d, aw_cancel(%s));' % (self.marks, t)],
                ['say(%d, int(%s.cancel()))' % (self.marks, t)])

    # --- main ---------------------------------------------------------------

    def shared(self):
        """What the tasks of a program share."""
        n, count = self.seed, self.r.randint(1, 2)
        c = ['', 'static aw_event ev%d_0 = AW_EVENT_INIT;' % n,
             'static aw_event ev%d_1 = AW_EVENT_INIT;' % n,
             'static aw_lock lock%d = AW_LOCK_INIT;' % n,
             'static aw_semaphore semaphore%d = AW_SEMAPHORE_INIT(%d);' %
             (n, count)]
        py = ['', '', 'ev%d_0 = asyncio.Event()' % n,
              'ev%d_1 = asyncio.Event()' % n,
              'lock%d = Lock()' % n,
              'semaphore%d = Semaphore(%d)' % (n, count)]
        more = self.shared_by_blocks()
        return c + more[0], py + more[1]

    def canceller(self):
        """Cancels the task it is given, some times, at some steps."""
        c, py = [], []
        for _ in range(self.r.choice([0, 1, 1, 1, 1, 2, 2, 3])):
            if self.chance(70):
                d = self.r.choice([1, 2, 3, 5, 10])
                c.append('await aw_sleep_ms(%d);' % d)
                py.append('await sleep(%d)' % d)
            for _ in range(self.r.choice([0, 0, 1, 2, 3])):
                c.append('await aw_sleep_ms(0);')
                py.append('await sleep(0)')
            self.marks += 1
            c.append('say(%d, aw_cancel(t));' % self.marks)
            py.append('say(%d, int(t.cancel()))' % self.marks)
        return (['', 'static async void %s(aw_task(int) t)' % self.name('k'),
                 '{'] + indent(['(void)t;'] + c) + ['}'],
                ['', '', 'async def %s(t):' % self.name('k')] +
                indent(py + ['pass']))

    def main(self):
        return self.sweep() if self.chance(8) else self.once()

    def sweep(self):
        """Runs it again and again, cancelled at another step each time, and
        there or a bit later once more."""
        first = self.name(0)
        c = ['', 'static async int %s(void)' % self.name('main'), '{'] + \
            indent(['for (int i = 0; i < 90; i++) {',
                    '    int e, r = 0;',
                    '    reset();',
                    '    say(-3, i);',
                    '    aw_task(int) t = aw_create_task(%s(i %% 7));' % first,
                    '    defer aw_task_release(t);',
                    '    await pass(i / 15, i / 5 % 3);',
                    '    say(-1, aw_cancel(t));',
                    '    if (i % 5 > 0) {',
                    '        await pass(i % 5 / 4, i % 5 % 4 - 1);',
                    '        say(-2, aw_cancel(t));',
                    '    }',
                    '    e = await aw_try(r = t);',
                    '    say(e, r);',
                    '}',
                    'return 0;']) + ['}']
        py = ['', '', 'async def %s():' % self.name('main')] + \
            indent(['for i in range(90):',
                    '    reset()',
                    '    say(-3, i)',
                    '    t = spawn(%s(i %% 7))' % first,
                    '    await pass_by(i // 15, i // 5 % 3)',
                    '    say(-1, int(t.cancel()))',
                    '    if i % 5 > 0:',
                    '        await pass_by(i % 5 // 4, i % 5 % 4 - 1)',
                    '        say(-2, int(t.cancel()))',
                    '    e, r = await attempt(join(t))',
                    '    say(e, r or 0)'])
        return c, py

    def once(self):
        first, k = self.name(0), self.name('k')
        n = self.r.randrange(9)
        c = ['', 'static async int %s(void)' % self.name('main'), '{'] + \
            indent(['int e, r = 0;',
                    'aw_task(int) t = aw_create_task(%s(%d));' % (first, n),
                    'aw_task(void) k = aw_create_task(%s(t));' % k,
                    'await k;', 'e = await aw_try(r = t);', 'say(e, r);',
                    'aw_task_release(k);', 'aw_task_release(t);',
                    'return 0;']) + ['}']
        py = ['', '', 'async def %s():' % self.name('main')] + \
            indent(['t = spawn(%s(%d))' % (first, n),
                    'await join(spawn(%s(t)))' % k,
                    'e, r = await attempt(join(t))', 'say(e, r or 0)'])
        return c, py
