# SPDX-License-Identifier: MIT
import asyncio

from bench import count, each, expect, now, peak, report_bytes, since


async def node(number, leaves):
    if leaves == 1:
        return number
    part = leaves // 10
    return sum(await asyncio.gather(
        *(node(number + i * part, part) for i in range(10))))


before = peak()
N = count(100_000)
start = now()
result = asyncio.run(node(0, N))
each('leaf', since(start), N)
report_bytes(before, N)
expect(result == N * (N - 1) // 2)
