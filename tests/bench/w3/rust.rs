// SPDX-License-Identifier: MIT
#[path = "../mini.rs"]
mod mini;
use mini::*;

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;

static TOOK: Single<Cell<Option<Time>>> = Single(Cell::new(None));

async fn leaf(n: u64) -> u64 {
    let begin = now();
    for _ in 0..n {
        yield_once().await;
    }
    TOOK.0.set(Some(since(begin)));
    1
}

fn report(depth: u64, n: u64, chain: impl Future<Output = u64>) {
    assert!(run(chain) == depth);
    each(&format!("depth-{depth}"), TOOK.0.take().unwrap(), n);
}

/// Any depth, known when it runs: each future is a piece of memory.
fn chain(depth: u64, n: u64) -> Pin<Box<dyn Future<Output = u64>>> {
    Box::pin(async move {
        if depth > 1 {
            chain(depth - 1, n).await + 1
        } else {
            leaf(n).await
        }
    })
}

/// A depth known to the compiler: one future inside the other.
macro_rules! deeper {
    ($callee:expr) => {
        async move { $callee.await + 1 }
    };
}
macro_rules! deeper_3 {
    ($callee:expr) => {
        deeper!(deeper!(deeper!($callee)))
    };
}
macro_rules! deeper_9 {
    ($callee:expr) => {
        deeper_3!(deeper_3!(deeper_3!($callee)))
    };
}
fn main() {
    let n = count(4_000_000);
    if cfg!(boxed) {
        for depth in [1, 10, 100, 1000] {
            let n = (n / depth).max(1);
            report(depth, n, chain(depth, n));
        }
    } else {
        report(1, n, leaf(n));
        report(10, n, deeper_9!(leaf(n)));
    }
}
