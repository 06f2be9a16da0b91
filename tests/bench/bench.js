// SPDX-License-Identifier: MIT
// What bench.h is for C. Processor time is that of all of node's threads.
'use strict';
const fs = require('fs');

function now() {
  const used = process.cpuUsage();
  return {
    cpu: (used.user + used.system) * 1e-6,
    wall: Number(process.hrtime.bigint()) * 1e-9,
  };
}

function since(begin) {
  const t = now();
  return { cpu: t.cpu - begin.cpu, wall: t.wall - begin.wall };
}

// How many: n, or n / $BENCH_PART and at least one, to try a program only.
function count(n) {
  return Math.max(1, Math.floor(n / (process.env.BENCH_PART || 1)));
}

// The most bytes this process ever had resident (Linux).
function peak() {
  const status = fs.readFileSync('/proc/self/status', 'utf8');
  return status.match(/VmHWM:\s+(\d+)/)[1] * 1024;
}

// What each of n operations took.
function each(metric, took, n) {
  const ns = (s) => (s / n * 1e9).toPrecision(4);
  console.log(metric, ns(took.cpu), 'ns', ns(took.wall));
}

// What each of n tasks added to the peak.
function bytes(before, n) {
  console.log('bytes', ((peak() - before) / n).toPrecision(4), 'B');
}

function expect(right) {
  if (right) return;
  console.log('wrong result');
  process.exit(1);
}

module.exports = { now, since, count, peak, each, bytes, expect };
