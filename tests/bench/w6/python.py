# SPDX-License-Identifier: MIT
import asyncio

from bench import count, each, expect, now, since


async def child(x):
    await asyncio.sleep(0)
    return x


async def main():
    for n in 10, 1000, 100000:
        rounds = count(100_000 // n)
        begin = now()
        total = 0
        for _ in range(rounds):
            total += sum(await asyncio.gather(*map(child, range(n))))
        expect(total == rounds * (n * (n - 1) // 2))
        each(f'n-{n}', since(begin), n * rounds)


asyncio.run(main())
