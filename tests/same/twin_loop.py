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


class Loop(asyncio.SelectorEventLoop):
    def __init__(self):
        super().__init__()
        self.now = 0
        self.timers = []
        self.armed = 0

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


def now():
    return asyncio.get_running_loop().now


fuel_left = 0


def fuel():
    global fuel_left
    fuel_left -= 1
    return fuel_left >= 0


def say(n, v=0):
    print(now(), n, v)


async def sleep(ms):
    await asyncio.sleep(ms if ms > 0 else 0)


def error(code):
    return Cancelled() if code == CANCELLED else ERRORS[code]()


def code_of(e):
    return CANCELLED if isinstance(e, Cancelled) else e.code


# --- whose cancellation it is ------------------------------------------------
# runtime.md 3: the mark goes when a clause that caught it is left other than
# by throwing it on, and when the error of a cleanup replaces it.

def uncancel():
    t = asyncio.current_task()
    while t.cancelling():
        t.uncancel()


class caught:
    """Around a clause that may have caught a cancellation."""
    def __init__(self, e):
        self.e = e

    def __enter__(self):
        return self

    def __exit__(self, kind, e, tb):
        if isinstance(self.e, Cancelled) and not isinstance(e, Cancelled):
            uncancel()


class cleanup:
    """Around the body of a finally; pending: unwinding from a cancellation."""
    def __init__(self, pending):
        self.pending = pending

    def __enter__(self):
        return self

    def __exit__(self, kind, e, tb):
        if self.pending and e and not isinstance(e, Cancelled):
            uncancel()


async def attempt(coro):
    """aw_try: the error and the result."""
    try:
        return 0, await coro
    except Error as e:
        return e.code, None
    except Cancelled:
        if asyncio.current_task().cancelling():
            raise
        return CANCELLED, None


# --- tasks ------------------------------------------------------------------

def spawn(coro):
    return asyncio.get_running_loop().create_task(coro)


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


def run(seed, main):
    global fuel_left
    print('program', seed)
    fuel_left = 60
    loop = Loop()
    asyncio.set_event_loop(loop)
    loop.set_exception_handler(lambda loop, context: None)
    loop.run_until_complete(main())
    loop.close()
