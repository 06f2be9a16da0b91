# SPDX-License-Identifier: MIT
"""What waits in line, and blocks, for twins.py: the rules of runtime.md 5 and
6 on asyncio's futures, tasks and cancellation.

asyncio's own are not of those rules. Lock wakes who is next a turn later when
the one before has been cancelled. Queue lets others overtake who has been
woken. Condition drops a notification whose waiter is cancelled, and who is
cancelled on its way back to the lock loses its place. Barrier lets nobody in
while a round leaves, and gives the same number twice after a cancellation.
timeout counts a cancellation that a clause has taken as outstanding. TaskGroup
cancels when its body raises only, throws a group of errors, has no limit, and
does not cancel again when it is asked again. aw_queue_close is not written.
"""
import asyncio

from twin_loop import (Cancelled, Error, ERRORS, ETIMEDOUT, AtEnd, cancel_for,
                       loop_here, take_back)


class Line:
    """Futures in order of arrival; who is chosen has a result."""
    def __init__(self):
        self.waiting = []

    def live(self):
        return [f for f in self.waiting if not f.done()]

    def choose(self, value=None):
        for f in self.live():
            f.set_result(value)
            return True
        return False

    async def wait(self, begun=lambda: None):
        """Whether it was chosen, and the cancellation, or None."""
        f = loop_here().create_future()
        error = None
        self.waiting.append(f)
        begun()
        try:
            await f
        except Cancelled as e:
            error = e
        self.waiting.remove(f)
        return f.done() and not f.cancelled(), error


class Lock:
    """Handed over to the first in line when it is released. asyncio's goes to
    the next task's turn first when who is first in line has been cancelled
    and has not had its turn."""
    def __init__(self):
        self.locked = False
        self.line = Line()

    async def acquire(self):
        if not self.locked:
            self.locked = True
            return
        chosen, error = await self.line.wait()
        if error:
            if chosen:
                self.release()
            raise error

    def release(self):
        self.locked = self.line.choose()


class Condition:
    def __init__(self, lock):
        self.lock = lock
        self.line = Line()

    async def wait(self):
        self.lock.release()
        chosen, error = await self.line.wait()
        if chosen and error:
            self.line.choose()
        while self.lock.locked:
            chosen, again = await self.lock.line.wait()
            error = again or error
            if chosen:
                break
        self.lock.locked = True
        if error:
            raise error

    def notify(self, n):
        for _ in range(n):
            self.line.choose()


class Barrier:
    def __init__(self, parties):
        self.parties = parties
        self.line = Line()
        self.numbers = {}

    async def wait(self):
        live = self.line.live()
        if len(live) + 1 >= self.parties:
            for i, f in enumerate(live):
                f.set_result(i)
            return len(live)
        f = loop_here().create_future()
        self.line.waiting.append(f)
        try:
            return await f
        finally:
            self.line.waiting.remove(f)


class Queue:
    """Elements and room stay reserved for who was chosen for them."""
    def __init__(self, capacity):
        self.capacity = capacity
        self.items = []
        self.getters, self.putters = Line(), Line()
        self.getting = self.putting = 0

    def match(self):
        while self.getting < len(self.items) and self.getters.choose():
            self.getting += 1
        while self.putting < self.capacity - len(self.items) and \
                self.putters.choose():
            self.putting += 1

    async def put(self, value):
        if self.putters.live() or self.putting or \
                len(self.items) == self.capacity:
            chosen, error = await self.putters.wait(self.match)
            self.putting -= chosen
            if error:
                self.match()
                raise error
        self.items.append(value)
        self.match()

    async def get(self):
        if self.getters.live() or self.getting or not self.items:
            chosen, error = await self.getters.wait(self.match)
            self.getting -= chosen
            if error:
                self.match()
                raise error
        value = self.items.pop(0)
        self.match()
        return value


# --- blocks -----------------------------------------------------------------

class Timeout:
    def __init__(self, ms):
        self.ms = max(ms, 0)

    async def __aenter__(self):
        task = asyncio.current_task()
        self.timer = loop_here().call_at(
            loop_here().now + self.ms, lambda: cancel_for(self, task))

    async def __aexit__(self, kind, e, tb):
        self.timer.cancel()
        if take_back(self) and isinstance(e, Cancelled):
            raise ERRORS[ETIMEDOUT]()


class Child:
    def __init__(self, out, name, coro):
        self.out, self.name, self.coro = out, name, coro
        self.task = None


class Group:
    def __init__(self, limit=0):
        self.limit = limit
        self.children = []
        self.running = 0
        self.error = self.waiter = None
        self.is_open = True
        self.cancelled = False

    async def __aenter__(self):
        self.body = asyncio.current_task()
        return self

    def spawn(self, out, name, coro):
        if self.error or self.cancelled:
            coro.close()
            return
        child = Child(out, name, coro)
        held_up = any(not c.task for c in self.children)
        self.children.append(child)
        if not held_up and not (self.limit and self.running >= self.limit):
            self.begin(child)

    def begin(self, child):
        self.running += 1
        child.task = loop_here().create_task(child.coro)
        child.task.add_done_callback(AtEnd(lambda task: self.ended(child)))

    def ended(self, child):
        task = child.task
        self.children.remove(child)
        self.running -= 1
        error = None if task.cancelled() else task.exception()
        if not task.cancelled() and not error and child.name:
            child.out[child.name] = task.result()
        if error and not self.error and not self.cancelled:
            self.fail(error)
        for c in self.children:
            if not c.task and self.running < self.limit:
                self.begin(c)
                break
        if not self.children and self.waiter and not self.waiter.done():
            self.waiter.set_result(None)

    def cancel_children(self):
        for child in list(self.children):
            if not child.task:
                self.begin(child)
            child.task.cancel()

    def fail(self, error):
        self.error = error
        self.cancel_children()
        if self.is_open:
            cancel_for(self, self.body)

    def close(self, e):
        self.is_open = False
        mine = take_back(self)
        if isinstance(e, Cancelled):
            if not mine:
                self.cancelled = True
                self.cancel_children()
        elif isinstance(e, Error) and not self.error:
            self.fail(e)

    async def __aexit__(self, kind, e, tb):
        self.close(e)
        while self.children:
            self.waiter = loop_here().create_future()
            try:
                await self.waiter
            except Cancelled:
                self.cancelled = True
                self.cancel_children()
        if self.cancelled:
            raise Cancelled()
        if self.error:
            raise self.error
