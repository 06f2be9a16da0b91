// SPDX-License-Identifier: MIT
'use strict';
const { now, since, count, each, expect } = require('../bench.js');

const n = count(1_000_000);
let took;

async function chain(depth) {
  if (depth > 1) return await chain(depth - 1) + 1;
  const begin = now();
  for (let i = 0; i < n; i++) await null;
  took = since(begin);
  return 1;
}

async function main() {
  for (const depth of [1, 10, 100, 1000]) {
    expect(await chain(depth) === depth);
    each(`depth-${depth}`, took, n);
  }
}

main();
