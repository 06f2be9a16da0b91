# SPDX-License-Identifier: MIT
import asyncio

from bench import count, each, expect, now, since

DONE = [0, 0]


async def yielder(me, left):
    for _ in range(left):
        await asyncio.sleep(0)
        DONE[me] += 1


async def main():
    n = count(400_000)
    begin = now()
    await asyncio.gather(yielder(0, n // 2), yielder(1, n // 2))
    each('resume', since(begin), n)
    expect(DONE == [n // 2, n // 2])


asyncio.run(main())
