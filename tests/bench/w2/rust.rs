// SPDX-License-Identifier: MIT
#[path = "../mini.rs"]
mod mini;
use mini::*;

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

async fn child(x: u32, never: bool) -> u32 {
    if never {
        yield_once().await;
    }
    x.wrapping_add(1)
}

/// A future whose code stays out of its caller's.
#[cfg_attr(boxed, allow(dead_code))]
struct Aside<F>(F);

impl<F: Future> Future for Aside<F> {
    type Output = F::Output;
    #[inline(never)]
    fn poll(self: Pin<&mut Self>, c: &mut Context<'_>) -> Poll<F::Output> {
        unsafe { self.map_unchecked_mut(|s| &mut s.0) }.poll(c)
    }
}

#[cfg(not(boxed))]
fn callee(x: u32, never: bool) -> impl Future<Output = u32> {
    Aside(child(x, never))
}

#[cfg(boxed)]
#[inline(never)]
fn callee(x: u32, never: bool) -> Pin<Box<dyn Future<Output = u32>>> {
    Box::pin(child(x, never))
}

async fn parent(n: u64, never: bool) -> u64 {
    let mut sum = 0;
    for i in 0..n {
        sum += callee(i as u32, never).await as u64;
    }
    sum
}

fn main() {
    let n = count(100_000_000);
    let never = std::env::args().nth(1).is_some();
    let begin = now();
    let sum = run(parent(n, never));
    each("call", since(begin), n);
    assert!(sum == n * (n + 1) / 2);
}
