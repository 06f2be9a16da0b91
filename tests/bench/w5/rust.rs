// SPDX-License-Identifier: MIT
#[path = "../mini.rs"]
mod mini;
use mini::*;

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::ptr::null_mut;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

const LEVELS: usize = 4;
const SLOTS: usize = 256;

/// A timer wheel, a tick a millisecond; lists of futures that stay in place.
struct Wheel {
    start: Instant,
    now: Cell<u64>,
    slots: Vec<Cell<*mut Sleep>>,
}

impl Wheel {
    fn new() -> Self {
        let slots = vec![Cell::new(null_mut()); LEVELS * SLOTS];
        Wheel { start: Instant::now(), now: Cell::new(0), slots }
    }

    fn tick(&self) -> u64 {
        self.start.elapsed().as_millis() as u64
    }

    fn slot(&self, level: u32, tick: u64) -> &Cell<*mut Sleep> {
        &self.slots[level as usize * SLOTS + (tick >> (8 * level)) as usize % SLOTS]
    }

    unsafe fn add(&self, s: *mut Sleep) {
        let differ = (*s).when ^ self.now.get();
        let level = (63 - (differ | 1).leading_zeros()) / 8;
        let slot = self.slot(level, (*s).when);
        (*s).next = slot.get();
        slot.set(s);
    }

    unsafe fn each_of(&self, level: u32, mut each: impl FnMut(*mut Sleep)) {
        let mut s = self.slot(level, self.now.get()).replace(null_mut());
        while !s.is_null() {
            let next = (*s).next;
            each(s);
            s = next;
        }
    }

    /// Wakes what is due at or before a tick.
    fn advance(&self, until: u64) {
        while self.now.get() < until {
            self.now.set(self.now.get() + 1);
            let ends = self.now.get().trailing_zeros() / 8;
            unsafe {
                for level in (1..LEVELS as u32).rev().filter(|&l| l <= ends) {
                    self.each_of(level, |s| self.add(s));
                }
                self.each_of(0, |s| (*s).waker.take().unwrap().wake());
            }
        }
    }
}

struct Sleep {
    wheel: *const Wheel,
    next: *mut Sleep,
    when: u64,
    waker: Option<Waker>,
}

impl Future for Sleep {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, c: &mut Context<'_>) -> Poll<()> {
        let wheel = unsafe { &*self.wheel };
        if wheel.now.get() >= self.when {
            return Poll::Ready(());
        }
        self.waker = Some(c.waker().clone());
        unsafe { wheel.add(&mut *self) };
        Poll::Pending
    }
}

async fn sleeper(wheel: &Wheel, ms: u64, woken: &Cell<u64>) {
    let when = wheel.tick() + 1 + ms;
    Sleep { wheel, next: null_mut(), when, waker: None }.await;
    woken.set(woken.get() + 1);
}

fn main() {
    let before = peak();
    let begin = now();
    let n = count(1_000_000);
    let (least, spread) = (count(500), count(1000));
    let mut seed = 1;
    let (wheel, woken, g) = (Wheel::new(), Cell::new(0), Group::new());
    for _ in 0..n {
        g.spawn(sleeper(&wheel, least + random(&mut seed) % spread, &woken));
    }
    while g.left() > 0 {
        run_ready();
        wheel.advance(wheel.tick());
        std::thread::sleep(Duration::from_millis(1));
    }
    each("sleep", since(begin), n);
    bytes(before, n);
    assert!(woken.get() == n);
}
