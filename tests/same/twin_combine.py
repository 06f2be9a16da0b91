# SPDX-License-Identifier: MIT
"""What asyncio has not, or has otherwise, for twins.py: the combinators of
runtime.md 4 and 5 on asyncio's tasks and futures.

asyncio.gather leaves siblings running, throws before a cancelled child's
siblings have ended, and cancels children in the step of the request, not on
the parent's turn; wait_for of Python 3.11 returns the value of a child that
ended in the step of a cancellation, 3.12 is another again; neither has a
function wait for what it left behind. So these are written anew: from Python
come tasks, futures, who is woken and in which order, cancellation and its
way along a chain of awaits, exceptions, the synchronisation objects.
"""
import asyncio

from twin_loop import (CANCELLED, Cancelled, Error, ERRORS, ETIMEDOUT, AtEnd,
                       attempt, loop_here)

WAITING, DRAINING, HELD = range(3)


class Member:
    """An argument: a coroutine, or a task that others may await too."""
    def __init__(self, of, name, what):
        self.of = of
        self.name = name
        self.given = isinstance(what, asyncio.Task)
        self.coro = None if self.given else what
        self.task = what if self.given else None
        self.over = False

    def ended_before(self):
        return self.given and self.task.done()

    def store(self):
        if self.name:
            self.of.out[self.name] = self.task.result()

    def begin(self):
        if self.ended_before():
            self.over = True
            self.store()
            return
        self.of.left += 1
        if not self.given:
            self.task = loop_here().create_task(self.coro)
        self.notify = AtEnd(self.ended)
        self.task.add_done_callback(self.notify)

    def ended(self, task):
        self.over = True
        self.of.member_ended(self)

    def cancel(self):
        if not self.over:
            self.task.cancel()

    def let_go(self):
        if self.given and not self.over:
            self.task.remove_done_callback(self.notify)
            self.over = True
            self.of.left -= 1


def outcome(task):
    """What a task has ended with: an exception or None."""
    return Cancelled() if task.cancelled() else task.exception()


class Combinator:
    first_decides = True
    shields = False

    def __init__(self, held, site, out, items):
        self.held = held
        self.site = site
        self.out = out
        self.members = [Member(self, *i) for i in items]
        self.left = 0
        self.state = WAITING
        self.error = None
        self.decided = self.expired = self.exposed = self.cancelled = False
        self.winner = None
        self.waiter = None

    def wake(self):
        if self.waiter and not self.waiter.done():
            self.waiter.set_result(None)

    def member_ended(self, m):
        self.left -= 1
        if self.state != WAITING:
            outcome(m.task)
            if self.left == 0:
                self.wake()
            return
        error = outcome(m.task)
        if self.decided or self.expired:
            if not error and not self.first_decides:
                m.store()
            return
        if not error:
            m.store()
        if self.first_decides or error:
            self.decided = True
            self.error = error
            self.winner = m
        if self.decided or self.left == 0:
            self.wake()

    async def wait(self):
        """True when the wait was cancelled."""
        self.waiter = loop_here().create_future()
        try:
            await self.waiter
        except Cancelled:
            return True
        return False

    def cancel_all(self):
        for m in self.members:
            m.cancel()

    async def drain(self, error):
        self.state = DRAINING
        while self.left:
            if await self.wait():
                self.cancel_all()
                error = Cancelled()
        if error:
            raise error

    async def leave(self, error):
        for m in self.members:
            m.let_go()
        if self.left == 0:
            raise error
        self.state = HELD
        self.waiter = None
        self.held.insert(0, self)
        raise error

    def expose(self):
        if loop_here().ending and self.shields and not self.exposed:
            self.exposed = True
            self.cancel_all()

    def call_off(self, m):
        """Decided before it began."""
        if m.given:
            m.task.cancel()
        else:
            m.coro.close()


async def gather(held, site, out, *items):
    g = Combinator(held, site, out, items)
    g.first_decides = False
    for m in g.members:
        if m.ended_before() and outcome(m.task):
            for other in g.members:
                if other is not m:
                    g.call_off(other)
            raise outcome(m.task)
    for m in g.members:
        m.begin()
    if g.left == 0:
        return
    cancelled = await g.wait()
    if not cancelled and not g.error:
        return
    g.cancel_all()
    if not cancelled:
        await g.leave(g.error)
    await g.drain(Cancelled())


async def race(held, site, out, *items):
    g = Combinator(held, site, out, items)
    for m in g.members:
        if m.ended_before():
            return await won_before(g, m)
    for m in g.members:
        m.begin()
    if await g.wait():
        g.cancel_all()
        await g.drain(Cancelled())
    g.cancel_all()
    await g.drain(g.error)
    return g.members.index(g.winner)


async def won_before(g, winner):
    error = outcome(winner.task)
    if not error:
        winner.store()
    g.state = DRAINING
    for m in g.members:
        if not m.given:
            g.call_off(m)
        elif m is not winner and not m.task.done():
            m.begin()
            m.cancel()
    await g.drain(error)
    return g.members.index(winner)


async def shield(held, site, out, what):
    g = Combinator(held, site, out, [(None, what)])
    g.shields = True
    m = g.members[0]
    if not m.ended_before():
        m.begin()
        if await g.wait():
            g.expose()
            await g.leave(Cancelled())
    return result(m)


def result(m):
    error = outcome(m.task)
    if error:
        raise error
    return m.task.result()


async def wait_for(held, site, out, what, ms):
    g = Combinator(held, site, out, [(None, what)])
    m = g.members[0]
    if m.ended_before():
        return result(m)

    def due():
        g.expired = True
        g.wake()

    m.begin()
    timer = None
    if ms > 0:
        timer = loop_here().call_at(loop_here().now + ms, due)
        cancelled = await g.wait()
        timer.cancel()
    else:
        cancelled = False
        try:
            await asyncio.sleep(0)
        except Cancelled:
            cancelled = True
    if cancelled:
        g.cancel_all()
        await g.leave(Cancelled())
    if g.decided:
        return result(m)
    g.cancel_all()
    await g.drain(ERRORS[ETIMEDOUT]())


async def attempt_to(out, item):
    """aw_try of a binding."""
    name, what = item
    if isinstance(what, asyncio.Task):
        from twin_loop import join
        what = join(what)
    e, value = await attempt(what)
    if e == 0 and name:
        out[name] = value
    return e


# --- held children ----------------------------------------------------------

async def drain_held(held, site=None):
    """Waits for what was left behind: all, or by the await `site`."""
    cancelled = ever = False
    while True:
        left = []
        for g in list(held):
            if site is not None and g.site != site:
                continue
            if cancelled:
                g.cancel_all()
            g.expose()
            if g.left:
                left.append(g)
            else:
                held.remove(g)
        if not left:
            break
        waiter = loop_here().create_future()
        for g in left:
            g.waiter = waiter
        cancelled = False
        try:
            await waiter
        except Cancelled:
            cancelled = ever = True
    if ever:
        raise Cancelled()


async def again(held, site, coro):
    await drain_held(held, site)
    return await coro


async def rooted(held, coro):
    """A combinator as a task."""
    try:
        value = await coro
    except (Error, Cancelled):
        await drain_held(held)
        raise
    await drain_held(held)
    return value


def holds(f):
    """An async function; its first argument is the list of what it holds."""
    async def whole(*args):
        held = []
        return await rooted(held, f(held, *args))
    return whole
