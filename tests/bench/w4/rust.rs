// SPDX-License-Identifier: MIT
#[path = "../mini.rs"]
mod mini;
use mini::*;

use std::cell::Cell;

async fn at_once(n: u64, sum: &Cell<u64>) {
    let g = Group::new();
    for i in 0..n {
        g.spawn(async move { sum.set(sum.get() + i) });
    }
    g.join().await;
}

async fn in_turn(n: u64, sum: &Cell<u64>) {
    for i in 0..n {
        let g = Group::new();
        g.spawn(async move { sum.set(sum.get() + i) });
        g.join().await;
    }
}

fn main() {
    let sum = Cell::new(0);
    let before = peak();
    let n = count(1_000_000);
    let begin = now();
    run(at_once(n, &sum));
    each("at-once", since(begin), n);
    bytes(before, n);
    let begin = now();
    run(in_turn(n, &sum));
    each("in-turn", since(begin), n);
    assert!(sum.get() == n * (n - 1));
}
