// SPDX-License-Identifier: MIT
'use strict';
const { now, since, count, each, expect } = require('../bench.js');

let done = 0;

async function yielder(left) {
  for (; left > 0; left--) {
    await null;
    done++;
  }
}

async function main() {
  const n = count(5_000_000);
  const begin = now();
  await Promise.all([yielder(n / 2), yielder(n / 2)]);
  each('resume', since(begin), n);
  expect(done === n);
}

main();
