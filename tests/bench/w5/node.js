// SPDX-License-Identifier: MIT
'use strict';
const { now, since, count, peak, each, bytes, expect } = require('../bench.js');

let woken = 0;

async function sleeper(ms) {
  await new Promise((resolve) => setTimeout(resolve, ms));
  woken++;
}

async function main() {
  const before = peak();
  const begin = now();
  const n = count(200_000);
  const least = count(500);
  const spread = count(1000);
  const tasks = [];
  for (let i = 0; i < n; i++)
    tasks.push(sleeper(least + Math.floor(Math.random() * spread)));
  await Promise.all(tasks);
  each('sleep', since(begin), n);
  bytes(before, n);
  expect(woken === n);
}

main();
