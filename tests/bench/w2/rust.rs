// SPDX-License-Identifier: MIT
use std::future::Future;
use std::pin::pin;
use std::ptr::null;
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};
use std::time::Instant;

const N: u64 = 100_000_000;
static NOTHING: RawWakerVTable =
    RawWakerVTable::new(|_| RawWaker::new(null(), &NOTHING), |_| (), |_| (), |_| ());

struct Yield(bool);

impl Future for Yield {
    type Output = ();
    fn poll(mut self: std::pin::Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.0 {
            return Poll::Ready(());
        }
        self.0 = true;
        Poll::Pending
    }
}

async fn child(x: u32, never: bool) -> u32 {
    if never {
        Yield(false).await;
    }
    x.wrapping_add(1)
}

#[inline(never)]
fn poll_child(f: std::pin::Pin<&mut impl Future<Output = u32>>, c: &mut Context<'_>) -> Poll<u32> {
    f.poll(c)
}

async fn parent(never: bool) -> u64 {
    let mut sum = 0u64;
    for i in 0..N {
        let mut f = pin!(child(i as u32, never));
        sum += std::future::poll_fn(|c| poll_child(f.as_mut(), c)).await as u64;
    }
    sum
}

fn main() {
    let waker = unsafe { Waker::from_raw(RawWaker::new(null(), &NOTHING)) };
    let mut context = Context::from_waker(&waker);
    let begin = Instant::now();
    let mut p = pin!(parent(std::hint::black_box(false)));
    let Poll::Ready(sum) = p.as_mut().poll(&mut context) else {
        panic!("suspended")
    };
    println!("call {:.4} ns", begin.elapsed().as_nanos() as f64 / N as f64);
    assert_eq!(sum, N * (N + 1) / 2);
}
