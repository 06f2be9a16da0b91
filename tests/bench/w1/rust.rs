// SPDX-License-Identifier: MIT
#[path = "../mini.rs"]
mod mini;
use mini::*;

async fn yielder(mut left: u64) {
    while left > 0 {
        left -= 1;
        yield_once().await;
    }
}

fn main() {
    let n = count(20_000_000);
    let begin = now();
    let g = Group::new();
    g.spawn(yielder(n / 2));
    g.spawn(yielder(n / 2));
    run_ready();
    each("resume", since(begin), n);
    assert!(g.left() == 0);
}
