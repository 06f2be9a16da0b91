// SPDX-License-Identifier: MIT
//! The least that Rust's futures need to be tasks, with std alone: a list of
//! ready tasks whose wakers are plain pointers, and groups of children. One
//! thread, a waker never outlives its task and is woken once a suspension.
//! Also what bench.h has for C.
#![allow(dead_code)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::{Cell, UnsafeCell};
use std::future::Future;
use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::ptr::null_mut;
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

/// A static of a program with one thread.
pub struct Single<T>(pub T);
unsafe impl<T> Sync for Single<T> {}

struct Task {
    next: *mut Task,
    poll: unsafe fn(*mut Task),
}

static HEAD: Single<Cell<*mut Task>> = Single(Cell::new(null_mut()));
static TAIL: Single<Cell<*mut Task>> = Single(Cell::new(null_mut()));

#[inline]
unsafe fn make_ready(t: *mut Task) {
    (*t).next = null_mut();
    if HEAD.0.get().is_null() {
        HEAD.0.set(t);
    } else {
        (*TAIL.0.get()).next = t;
    }
    TAIL.0.set(t);
}

pub fn run_ready() {
    while !HEAD.0.get().is_null() {
        let t = HEAD.0.get();
        unsafe {
            HEAD.0.set((*t).next);
            ((*t).poll)(t);
        }
    }
}

static WAKER: RawWakerVTable = RawWakerVTable::new(
    |t| RawWaker::new(t, &WAKER),
    |t| unsafe { make_ready(t as *mut Task) },
    |t| unsafe { make_ready(t as *mut Task) },
    |_| (),
);

/// A child and its future, in one piece of memory.
#[repr(C)]
struct Child<F> {
    task: Task,
    group: *const Group,
    future: F,
}

unsafe fn poll_child<F: Future<Output = ()>>(t: *mut Task) {
    let child = t as *mut Child<F>;
    let waker = ManuallyDrop::new(Waker::from_raw(RawWaker::new(t as *const (), &WAKER)));
    let future = Pin::new_unchecked(&mut (*child).future);
    if future.poll(&mut Context::from_waker(&waker)).is_ready() {
        let group = (*child).group;
        drop(Box::from_raw(child));
        (*group).end_one();
    }
}

/// Who awaits `join` goes on when the last child has ended.
pub struct Group {
    left: Cell<usize>,
    waiter: UnsafeCell<Option<Waker>>,
}

impl Group {
    pub fn new() -> Self {
        Group { left: Cell::new(0), waiter: UnsafeCell::new(None) }
    }

    /// The group, and what the future borrows, has to outlive the child.
    pub fn spawn<F: Future<Output = ()>>(&self, future: F) {
        let task = Task { next: null_mut(), poll: poll_child::<F> };
        self.left.set(self.left.get() + 1);
        let child = Box::new(Child { task, group: self, future });
        unsafe { make_ready(Box::into_raw(child) as *mut Task) }
    }

    pub fn left(&self) -> usize {
        self.left.get()
    }

    pub fn join(&self) -> Join<'_> {
        Join(self)
    }

    fn end_one(&self) {
        self.left.set(self.left.get() - 1);
        if self.left.get() == 0 {
            if let Some(w) = unsafe { (*self.waiter.get()).take() } {
                w.wake();
            }
        }
    }
}

pub struct Join<'a>(&'a Group);

impl Future for Join<'_> {
    type Output = ();
    fn poll(self: Pin<&mut Self>, c: &mut Context<'_>) -> Poll<()> {
        if self.0.left() == 0 {
            return Poll::Ready(());
        }
        unsafe { *self.0.waiter.get() = Some(c.waker().clone()) };
        Poll::Pending
    }
}

pub struct Yield(bool);

impl Future for Yield {
    type Output = ();
    #[inline]
    fn poll(mut self: Pin<&mut Self>, c: &mut Context<'_>) -> Poll<()> {
        if self.0 {
            return Poll::Ready(());
        }
        self.0 = true;
        c.waker().wake_by_ref();
        Poll::Pending
    }
}

#[inline]
pub fn yield_once() -> Yield {
    Yield(false)
}

/// Runs a future to its end, with all that is ready meanwhile.
pub fn run<T>(future: impl Future<Output = T>) -> T {
    let result = Cell::new(None);
    let group = Group::new();
    group.spawn(async { result.set(Some(future.await)) });
    run_ready();
    result.take().expect("the future ends")
}

/// Memory that was freed, by size, for what comes.
struct Pool(UnsafeCell<[*mut *mut u8; 64]>);
unsafe impl Sync for Pool {}

#[global_allocator]
static POOL: Pool = Pool(UnsafeCell::new([null_mut(); 64]));

unsafe impl GlobalAlloc for Pool {
    #[inline]
    unsafe fn alloc(&self, l: Layout) -> *mut u8 {
        let i = (l.size() + 15) / 16;
        if i >= 64 || l.align() > 16 {
            return System.alloc(l);
        }
        let unused = &mut (*self.0.get())[i];
        if unused.is_null() {
            return System.alloc(Layout::from_size_align_unchecked(i * 16, 16));
        }
        let p = *unused;
        *unused = *p as *mut *mut u8;
        p as *mut u8
    }

    #[inline]
    unsafe fn dealloc(&self, p: *mut u8, l: Layout) {
        let i = (l.size() + 15) / 16;
        if i >= 64 || l.align() > 16 {
            return System.dealloc(p, l);
        }
        let unused = &mut (*self.0.get())[i];
        *(p as *mut *mut u8) = *unused as *mut u8;
        *unused = p as *mut *mut u8;
    }
}

extern "C" {
    fn clock_gettime(which: i32, t: *mut [i64; 2]) -> i32;
}

/// Seconds: of the processor for this process, of the clock on the wall.
#[derive(Clone, Copy)]
pub struct Time {
    cpu: f64,
    wall: f64,
}

fn clock(which: i32) -> f64 {
    let mut t = [0; 2];
    unsafe { clock_gettime(which, &mut t) };
    t[0] as f64 + t[1] as f64 * 1e-9
}

pub fn now() -> Time {
    const MONOTONIC: i32 = 1;
    const PROCESS: i32 = 2;
    Time { cpu: clock(PROCESS), wall: clock(MONOTONIC) }
}

pub fn since(begin: Time) -> Time {
    let t = now();
    Time { cpu: t.cpu - begin.cpu, wall: t.wall - begin.wall }
}

/// How many: n, or n / $BENCH_PART and at least one, to try a program only.
pub fn count(n: u64) -> u64 {
    let part = std::env::var("BENCH_PART").map_or(1, |s| s.parse().unwrap());
    (n / part).max(1)
}

/// The most bytes this process ever had resident (Linux).
pub fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|l| l.starts_with("VmHWM:")).unwrap();
    let kib: f64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kib * 1024.0
}

/// xorshift: the same sequence in every program.
pub fn random(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

/// What each of n operations took.
pub fn each(metric: &str, took: Time, n: u64) {
    let ns = 1e9 / n as f64;
    println!("{metric} {:.3} ns {:.3}", took.cpu * ns, took.wall * ns);
}

/// What each of n tasks added to the peak.
pub fn bytes(before: f64, n: u64) {
    println!("bytes {:.2} B", (peak() - before) / n as f64);
}
