// SPDX-License-Identifier: MIT
'use strict';
const { now, since, count, each, expect } = require('../bench.js');

async function child(x) {
  await null;
  return x;
}

async function roundOf(n) {
  const results = await Promise.all(Array.from({ length: n }, (_, i) => child(i)));
  return results.reduce((sum, x) => sum + x, 0);
}

async function main() {
  for (const n of [10, 1000, 100000]) {
    const rounds = count(1_000_000 / n);
    const begin = now();
    let sum = 0;
    for (let r = 0; r < rounds; r++) sum += await roundOf(n);
    expect(sum === rounds * (n * (n - 1) / 2));
    each(`n-${n}`, since(begin), n * rounds);
  }
}

main();
