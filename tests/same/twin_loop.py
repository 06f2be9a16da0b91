# SPDX-License-Identifier: MIT
"""What the Python twins of twins.py import: asyncio with a clock that jumps.

The loop is asyncio's, with a turn of ours: timers that are due join the ready
queue in order of deadline, then of arming, and what is then in the queue runs
once each; asyncio would let a sleep's end take one turn more. Nothing else of
tasks, futures and cancellation is changed.
"""
import asyncio
import collections
import heapq

Cancelled = asyncio.CancelledError
CANCELLED = -4096
ETIMEDOUT = 110


class Error(Exception):
    code = 0


class Goto(BaseException):
    """Unwinds to the label of a goto; no clause takes it."""
    def __init__(self, label):
        super().__init__(label)
        self.label = label


ERRORS = {n: type('E%d' % n, (Error,), {'code': n}) for n in range(1, 10)}
ERRORS[ETIMEDOUT] = type('E110', (Error,), {'code': ETIMEDOUT})


class AtEnd:
    """A callback of a task that is called in the step of its end."""
    def __init__(self, call):
        self.call = call

    def __call__(self, task):
        self.call(task)


class Semaphore(asyncio.Semaphore):
    """One that is free does not yield: asyncio's does as long as somebody
    that it has chosen has not had its turn."""
    def locked(self):
        return self._value == 0 or \
            any(not w.done() for w in self._waiters or ())


class Loop(asyncio.SelectorEventLoop):
    def __init__(self):
        super().__init__()
        self.now = 0
        self.timers = []
        self.armed = 0
        self.ending = False

    def call_soon(self, callback, *args, context=None):
        if isinstance(callback, AtEnd):
            callback(*args)
            return None
        return super().call_soon(callback, *args, context=context)

    def time(self):
        return self.now

    def call_at(self, when, callback, *args, context=None):
        h = asyncio.TimerHandle(when, callback, args, self, context)
        self.armed += 1
        heapq.heappush(self.timers, (when, self.armed, h))
        return h

    def _timer_handle_cancelled(self, handle):
        pass

    def _run_once(self):
        while self.timers and self.timers[0][2]._cancelled:
            heapq.heappop(self.timers)
        if not self._ready and self.timers:
            self.now = max(self.now, self.timers[0][0])
        while self.timers and self.timers[0][0] <= self.now:
            h = heapq.heappop(self.timers)[2]
            if not h._cancelled:
                h._run()
        if not self._ready and not self.timers:
            raise SystemExit("stuck")
        batch, self._ready = self._ready, collections.deque()
        while batch:
            h = batch.popleft()
            if not h._cancelled:
                h._run()


loop_here = asyncio.get_running_loop


def now():
    return loop_here().now


fuel_left = 0


def fuel():
    global fuel_left
    fuel_left -= 1
    return fuel_left >= 0


start = 0


def reset():
    global fuel_left, start
    start = now()
    fuel_left = 60


def say(n, v=0):
    print(now() - start, n, v)


async def sleep(ms):
    await asyncio.sleep(ms if ms > 0 else 0)


async def pass_by(ms, turns):
    if ms > 0:
        await sleep(ms)
    for _ in range(turns):
        await sleep(0)


def error(code):
    return Cancelled() if code == CANCELLED else ERRORS[code]()


def code_of(e):
    return CANCELLED if isinstance(e, Cancelled) else e.code


# --- whose cancellation it is ------------------------------------------------
# runtime.md 3: the marks are aside while a clause or a cleanup handles the
# cancellation; they are back when it goes on. Those that are back are no longer
# among Task.cancelling(), which cannot be counted up.

blocks = {}         # task -> blocks whose cancellation of it is outstanding
kept = {}           # task -> those that are back: True is its own


def uncancel():
    t = asyncio.current_task()
    blocks.pop(t, None)
    kept.pop(t, None)
    while t.cancelling():
        t.uncancel()


def is_own(t):
    return t.cancelling() > 0 or bool(kept.get(t))


def aside():
    t = asyncio.current_task()
    fresh = blocks.get(t, set())
    marks = fresh | kept.get(t, set())
    if t.cancelling() > len(fresh):
        marks.add(True)
    uncancel()
    return marks


def back(marks):
    kept.setdefault(asyncio.current_task(), set()).update(marks)


def cancel_for(block, task):
    blocks.setdefault(task, set()).add(block)
    task.cancel()


def take_back(block):
    """Whether the block's cancellation was outstanding, and nothing else."""
    t = asyncio.current_task()
    if block in blocks.get(t, ()):
        blocks[t].remove(block)
        t.uncancel()
    elif block in kept.get(t, ()):
        kept[t].remove(block)
    else:
        return False
    return not is_own(t)


class caught:
    """Around a clause that may have caught a cancellation."""
    def __init__(self, e):
        self.marks = aside() if isinstance(e, Cancelled) else None

    def __enter__(self):
        return self

    def __exit__(self, kind, e, tb):
        if self.marks is not None and isinstance(e, Cancelled):
            back(self.marks)


class cleanup:
    """Around the body of a finally; pending: unwinding from a cancellation."""
    def __init__(self, pending):
        self.marks = aside() if pending else None

    def __enter__(self):
        return self

    def __exit__(self, kind, e, tb):
        if self.marks is not None and (not e or isinstance(e, Cancelled)):
            back(self.marks)


async def attempt(coro):
    """aw_try: the error and the result."""
    try:
        return 0, await coro
    except Error as e:
        return e.code, None
    except Cancelled:
        if is_own(asyncio.current_task()):
            raise
        return CANCELLED, None


# --- tasks ------------------------------------------------------------------

tasks = []          # those that no combinator owns, in order of creation


def spawn(coro):
    t = loop_here().create_task(coro)
    tasks.append(t)
    return t


async def join(t):
    """A wait that does not end cancelled leaves no mark of a cancellation that
    was forwarded."""
    if t.done():
        return t.result()
    try:
        v = await t
    except Cancelled:
        raise
    except BaseException:
        uncancel()
        raise
    uncancel()
    return v


def drain(loop):
    """What is left is cancelled, once each, and runs to its end."""
    swept = set()
    loop.ending = True
    while not all(t.done() for t in tasks) or loop._ready:
        for t in tasks:
            if t not in swept and not t.done():
                swept.add(t)
                t.cancel()
        loop._run_once()


def run(seed, main):
    tasks.clear()
    blocks.clear()
    kept.clear()
    loop = Loop()
    asyncio._set_running_loop(loop)
    print('program', seed)
    reset()
    loop.set_exception_handler(lambda loop, context: None)
    t = loop.create_task(main())
    while not t.done():
        loop._run_once()
    t.result()
    drain(loop)
    asyncio._set_running_loop(None)
    loop.close()
