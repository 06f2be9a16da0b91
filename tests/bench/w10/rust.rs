// SPDX-License-Identifier: MIT
#[path = "../mini.rs"]
mod mini;
use mini::*;

use std::cell::Cell;

fn spawn_node<'a>(g: &'a Group, number: u64, leaves: u64, sum: &'a Cell<u64>) {
    g.spawn(async move {
        if leaves == 1 {
            return sum.set(number);
        }
        let r = [0; 10].map(Cell::new);
        let part = leaves / 10;
        let inner = Group::new();
        for (i, result) in r.iter().enumerate() {
            spawn_node(&inner, number + i as u64 * part, part, result);
        }
        inner.join().await;
        sum.set(r.iter().map(Cell::get).sum());
    })
}

fn main() {
    let before = peak();
    let n = count(1_000_000);
    let begin = now();
    let (g, sum) = (Group::new(), Cell::new(0));
    spawn_node(&g, 0, n, &sum);
    run_ready();
    each("leaf", since(begin), n);
    bytes(before, n);
    assert!(sum.get() == n * (n - 1) / 2);
}
