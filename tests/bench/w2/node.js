// SPDX-License-Identifier: MIT
'use strict';
const { now, since, count, each, expect } = require('../bench.js');

const never = process.argv.length > 2;

async function child(x) {
  if (never) await null;
  return x + 1;
}

async function main() {
  const n = count(5_000_000);
  const begin = now();
  let sum = 0;
  for (let i = 0; i < n; i++) sum += await child(i);
  each('call', since(begin), n);
  expect(sum === n * (n + 1) / 2);
}

main();
