// SPDX-License-Identifier: MIT
'use strict';
const { now, since, count, peak, each, bytes, expect } = require('../bench.js');

let sum = 0;

// A call runs up to its first await: it has to yield to be a task.
async function add(x) {
  await null;
  sum += x;
}

async function main() {
  const before = peak();
  const n = count(1_000_000);
  let begin = now();
  await Promise.all(Array.from({ length: n }, (_, i) => add(i)));
  each('at-once', since(begin), n);
  bytes(before, n);
  begin = now();
  for (let i = 0; i < n; i++) await add(i);
  each('in-turn', since(begin), n);
  expect(sum === n * (n - 1));
}

main();
