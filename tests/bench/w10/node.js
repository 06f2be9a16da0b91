// SPDX-License-Identifier: MIT
'use strict';
const { now, since, count, peak, each, bytes, expect } = require('../bench.js');

// A call runs up to its first await: all have to yield to be tasks.
async function node(number, leaves) {
  await null;
  if (leaves === 1) return number;
  const part = leaves / 10;
  const children = [];
  for (let i = 0; i < 10; i++) children.push(node(number + i * part, part));
  let sum = 0;
  for (const x of await Promise.all(children)) sum += x;
  return sum;
}

async function main() {
  const before = peak();
  const n = count(1_000_000);
  const begin = now();
  const sum = await node(0, n);
  each('leaf', since(begin), n);
  bytes(before, n);
  expect(sum === n * (n - 1) / 2);
}

main();
