// SPDX-License-Identifier: MIT
#[path = "../mini.rs"]
mod mini;
use mini::*;

use std::cell::Cell;

async fn child(x: u64, result: &Cell<u64>) {
    yield_once().await;
    result.set(x);
}

async fn rounds_of(n: u64, rounds: u64) -> u64 {
    let mut sum = 0;
    for _ in 0..rounds {
        let r = vec![Cell::new(0); n as usize];
        let g = Group::new();
        for (i, result) in r.iter().enumerate() {
            g.spawn(child(i as u64, result));
        }
        g.join().await;
        sum += r.iter().map(Cell::get).sum::<u64>();
    }
    sum
}

fn main() {
    for n in [10, 1000, 100000] {
        let rounds = count(5_000_000 / n);
        let begin = now();
        let sum = run(rounds_of(n, rounds));
        assert!(sum == rounds * (n * (n - 1) / 2));
        each(&format!("n-{n}"), since(begin), n * rounds);
    }
}
