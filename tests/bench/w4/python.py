# SPDX-License-Identifier: MIT
import asyncio

from bench import count, each, expect, now, peak, report_bytes, since

TOTAL = [0]


async def add(x):
    TOTAL[0] += x


async def main():
    before = peak()
    n = count(100_000)
    begin = now()
    for task in [asyncio.create_task(add(i)) for i in range(n)]:
        await task
    each('at-once', since(begin), n)
    report_bytes(before, n)
    begin = now()
    for i in range(n):
        await asyncio.create_task(add(i))
    each('in-turn', since(begin), n)
    expect(TOTAL[0] == n * (n - 1))


asyncio.run(main())
