# SPDX-License-Identifier: MIT
"""Statements of twins.py that are blocks, and those about what they need:
groups, timeouts, queues, barriers, conditions, tasks that are combinators.

Whoever waits for another task's doing has a deadline of its own, entered anew
each time, so no program gets stuck. What a group binds has a name of its own,
which is looked at after the group only.
"""
from twin_tasks import indent


def py_block(lines):
    return indent(lines) if lines else ['    pass']


class Blocks:
    """Mixed into twins.Gen."""

    def queue_name(self):
        return 'q%d_%d' % (self.seed, self.r.randrange(2))

    def waiting(self):
        """A coroutine that others end: as Tasks.leaf."""
        k = self.r.randrange(7)
        if k < 2:
            e = self.event_name()
            return 'aw_event_wait(&%s)' % e, '%s.wait()' % e, False
        if k < 4:
            q, v = self.queue_name(), self.var()
            return 'aw_queue_put(&%s, %s)' % (q, v), '%s.put(%s)' % (q, v), False
        if k < 6:
            q = self.queue_name()
            return 'aw_queue_get(&%s)' % q, '%s.get()' % q, True
        b = 'barrier%d' % self.seed
        return 'aw_barrier_wait(&%s)' % b, '%s.wait()' % b, True

    def milliseconds(self):
        return self.r.choice([-1, 0, 1, 2, 3, 5, 5, 10])

    @staticmethod
    def in_timeout(ms, c, py):
        return (['aw_timeout_ms (%d) {' % ms] + indent(c) + ['}'],
                ['async with Timeout(%d):' % ms] + py_block(py))

    def timeout(self, ctx):
        c, py = self.block(ctx, force=True)
        return self.in_timeout(self.milliseconds(), c, py)

    def timed_wait(self, ctx):
        """Waits for somebody, as the first thing in a block."""
        if ctx.guarded:
            return self.sleep(ctx)
        c, py, value = self.waiting()
        v = self.r.choice('xyz')
        s = self.say((v, v))
        if value:
            c, py = '%s = await %s;' % (v, c), '%s = await %s' % (v, py)
        else:
            c, py = 'await %s;' % c, 'await ' + py
        return self.in_timeout(self.milliseconds(), [c] + s[0], [py] + s[1])

    # --- groups -------------------------------------------------------------

    def group(self, ctx):
        if ctx.guarded:
            return self.sleep(ctx)
        n, limit = self.new(), self.r.choice([0, 0, 1, 2])
        g = (n, ['v%d_%d' % (n, i) for i in range(2)])
        first = [self.spawn_in(ctx, g) for _ in range(self.r.randint(1, 3))]
        c, py = self.block(ctx.but(groups=ctx.groups + (g,)), force=True)
        c = [s for p in first for s in p[0]] + c
        py = [s for p in first for s in p[1]] + py
        head = 'aw_group (g%d%s) {' % (n, ', .limit = %d' % limit if limit
                                       else '')
        c = ['int %s = 0, %s = 0;' % tuple(g[1]), head] + indent(c) + ['}']
        py = ['o%d = {}' % n, 'async with Group(%d) as g%d:' % (limit, n)] + \
            py_block(py)
        for v in g[1]:
            s = self.say((v, "o%d.get('%s', 0)" % (n, v)))
            c += s[0]
            py += s[1]
        return c, py

    def spawn(self, ctx):
        if not ctx.groups or ctx.guarded:
            return self.sleep(ctx)
        return self.spawn_in(ctx, self.r.choice(ctx.groups))

    def spawn_in(self, ctx, g):
        n, names = g
        c, py, value = self.root(ctx)
        name = self.r.choice(names + [None]) if value else None
        if name:
            c = '%s = %s' % (name, c)
        return (['aw_group_spawn(g%d, %s);' % (n, c)],
                ['g%d.spawn(o%d, %r, %s)' % (n, n, name, py)])

    def root(self, ctx, valued=False):
        """What may be a task by itself: a call, or combinators that bind
        nothing."""
        f = self.call()
        if f and self.chance(60):
            return f[0], f[1], True
        keep, (self.site, self.held) = (self.site, self.held), (0, 'w')
        c, py, value = self.combinator(ctx, self.r.randint(1, 3), None, False)
        self.site, self.held = keep
        if valued and not value:
            c, py = 'aw_try(%s)' % c, 'attempt_to({}, (None, %s))' % py
        return c, 'rooted(w := [], %s)' % py, valued or value

    # --- conditions ---------------------------------------------------------

    def condition(self, ctx):
        """With its lock held: waits for it, notifies others."""
        name = 'condition%d' % self.seed
        if self.chance(40):
            n = self.r.randint(1, 2)
            return (['aw_condition_notify(&%s, %d);' % (name, n)],
                    ['%s.notify(%d)' % (name, n)])
        s = self.say()
        return self.in_timeout(self.milliseconds(),
                               ['await aw_condition_wait(&%s);' % name] + s[0],
                               ['await %s.wait()' % name] + s[1])

    def shared_by_blocks(self):
        n, room = self.seed, self.r.randint(1, 2)
        c, py = [], []
        for i in range(2):
            c += ['static int room%d_%d[%d];' % (n, i, room),
                  'static aw_queue(int) q%d_%d = AW_QUEUE_INIT(room%d_%d);' %
                  (n, i, n, i)]
            py.append('q%d_%d = Queue(%d)' % (n, i, room))
        c += ['static aw_barrier barrier%d = AW_BARRIER_INIT(2);' % n,
              'static aw_lock own%d = AW_LOCK_INIT;' % n,
              'static aw_condition condition%d = '
              'AW_CONDITION_INIT(&own%d);' % (n, n)]
        py += ['barrier%d = Barrier(2)' % n, 'own%d = Lock()' % n,
               'condition%d = Condition(own%d)' % (n, n)]
        return c, py
