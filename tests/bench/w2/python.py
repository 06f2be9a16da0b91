# SPDX-License-Identifier: MIT
import asyncio
import sys

from bench import count, each, expect, now, since

NEVER = len(sys.argv) > 1


async def child(x):
    if NEVER:
        await asyncio.sleep(0)
    return x + 1


async def main():
    n = count(4_000_000)
    begin = now()
    total = 0
    for i in range(n):
        total += await child(i)
    each('call', since(begin), n)
    expect(total == n * (n + 1) // 2)


asyncio.run(main())
