# SPDX-License-Identifier: MIT
import asyncio
import random

from bench import count, each, expect, now, peak, report_bytes, since


async def sleeper(ms):
    await asyncio.sleep(ms * 1e-3)
    return 1


async def main():
    before = peak()
    begin = now()
    n, least, spread = count(100_000), count(500), count(1000)
    woken = await asyncio.gather(
        *(sleeper(least + random.randrange(spread)) for _ in range(n)))
    each('sleep', since(begin), n)
    report_bytes(before, n)
    expect(sum(woken) == n)


asyncio.run(main())
