// SPDX-License-Identifier: MIT
use std::future::Future;
use std::mem::size_of_val;
use std::pin::Pin;
use std::task::{Context, Poll};

/// As large as what a timer needs: two links, a waker, a deadline, a state.
struct Sleep(#[allow(dead_code)] [usize; 4], u8);

impl Future for Sleep {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        self.1 += 1;
        if self.1 > 1 { Poll::Ready(()) } else { Poll::Pending }
    }
}

fn sleep() -> Sleep {
    Sleep([0; 4], 0)
}

struct Yield(bool);

impl Future for Yield {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        let first = !self.0;
        self.0 = true;
        if first { Poll::Pending } else { Poll::Ready(()) }
    }
}

#[inline(never)]
fn used(b: &mut [u8]) {
    b[0] ^= 1;
}

async fn stays(x: i32) -> i32 {
    x + 1
}

async fn sleeps(x: i32) -> i32 {
    sleep().await;
    x + 1
}

async fn buffer() {
    let mut b = [0u8; 256];
    used(&mut b);
    Yield(false).await;
    used(&mut b);
}

async fn buffers() -> i32 {
    buffer().await;
    buffer().await;
    buffer().await;
    1
}

async fn nested1(x: i32) -> i32 {
    sleeps(x).await + x
}

async fn nested2(x: i32) -> i32 {
    nested1(x).await + x
}

async fn scopes() -> i32 {
    {
        let mut b = [0u8; 1024];
        used(&mut b);
        Yield(false).await;
        used(&mut b);
        Yield(false).await;
        used(&mut b);
    }
    {
        let mut b = [0u8; 1024];
        used(&mut b);
        Yield(false).await;
        used(&mut b);
        Yield(false).await;
        used(&mut b);
    }
    1
}

async fn down1(x: [u8; 1024]) -> i32 {
    let mut y = x;
    Yield(false).await;
    used(&mut y);
    1
}

async fn down2(x: [u8; 1024]) -> i32 {
    down1(x).await + 1
}

async fn down3(x: [u8; 1024]) -> i32 {
    down2(x).await + 1
}

async fn down4(x: [u8; 1024]) -> i32 {
    down3(x).await + 1
}

async fn tail(x: i32) -> i32 {
    sleeps(x).await
}

fn report(name: &str, bytes: usize) {
    println!("{name} {bytes} B");
}

fn main() {
    report("in-caller-without-suspension", size_of_val(&stays(1)));
    report("sleeps", size_of_val(&sleeps(1)));
    report("three-buffers", size_of_val(&buffers()));
    report("nested-twice", size_of_val(&nested2(1)));
    report("two-scopes", size_of_val(&scopes()));
    report("kib-down-4", size_of_val(&down4([0; 1024])));
    report("tail-beyond-callee", size_of_val(&tail(1)) - size_of_val(&sleeps(1)));
}
