# SPDX-License-Identifier: MIT
import asyncio
import sys

from bench import count, each, expect, now, since

TOOK = {}


async def chain(depth, n):
    if depth > 1:
        return await chain(depth - 1, n) + 1
    begin = now()
    for _ in range(n):
        await asyncio.sleep(0)
    TOOK['leaf'] = since(begin)
    return 1


# Each resume goes through all callers: fewer of them.
sys.setrecursionlimit(5000)
for d in 1, 10, 100, 1000:
    resumes = count(200_000 // d)
    expect(asyncio.run(chain(d, resumes)) == d)
    each(f'depth-{d}', TOOK['leaf'], resumes)
