/* SPDX-License-Identifier: MIT
 * The least that C++20 coroutines need to be tasks: a lazy task type whose
 * end resumes its awaiter directly, children that a group waits for, a list
 * of ready coroutines, and a pool for frames. */
#ifndef CORO_HPP
#define CORO_HPP

#include <coroutine>
#include <exception>
#include <utility>

#include "bench.h"

struct ready_node {
    ready_node *next;
    std::coroutine_handle<> coroutine;
};

static ready_node *ready_head, **ready_tail = &ready_head;

static inline void make_ready(ready_node *n)
{
    n->next = nullptr;
    *ready_tail = n;
    ready_tail = &n->next;
}

static inline void run_ready()
{
    while (ready_node *n = ready_head) {
        ready_head = n->next;
        if (!ready_head)
            ready_tail = &ready_head;
        n->coroutine.resume();
    }
}

struct yield_once {
    ready_node node;
    bool await_ready() noexcept { return false; }
    void await_suspend(std::coroutine_handle<> h) noexcept
    {
        node.coroutine = h;
        make_ready(&node);
    }
    void await_resume() noexcept {}
};

/* Frames that were freed, by size, for those to come. */
struct pooled {
    struct room {
        room *next;
    };
    static inline room *unused[64];

    static void *operator new(size_t size)
    {
        size_t i = (size + 15) / 16;

        if (i >= 64 || !unused[i])
            return malloc(i * 16);
        return std::exchange(unused[i], unused[i]->next);
    }
    static void operator delete(void *p, size_t size)
    {
        size_t i = (size + 15) / 16;

        if (i >= 64)
            free(p);
        else
            unused[i] = new (p) room{unused[i]};
    }
};

/* Memory has operators new and delete for frames. */
template <class T, class Memory = pooled> struct task {
    struct promise_type : Memory {
        T value{};
        std::coroutine_handle<> awaiter = std::noop_coroutine();

        task get_return_object()
        {
            return task(
                std::coroutine_handle<promise_type>::from_promise(*this));
        }
        std::suspend_always initial_suspend() noexcept { return {}; }
        struct final_awaiter {
            bool await_ready() noexcept { return false; }
            std::coroutine_handle<>
            await_suspend(std::coroutine_handle<promise_type> h) noexcept
            {
                return h.promise().awaiter;
            }
            void await_resume() noexcept {}
        };
        final_awaiter final_suspend() noexcept { return {}; }
        void return_value(T v) { value = v; }
        void unhandled_exception() { std::terminate(); }
    };

    std::coroutine_handle<promise_type> handle;

    explicit task(std::coroutine_handle<promise_type> h) : handle(h) {}
    task(task &&other) noexcept : handle(std::exchange(other.handle, nullptr))
    {
    }
    ~task()
    {
        if (handle)
            handle.destroy();
    }

    bool await_ready() noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> h) noexcept
    {
        handle.promise().awaiter = h;
        return handle;
    }
    T await_resume() { return handle.promise().value; }
};

/* Runs a task to its end, with all that is ready meanwhile. */
template <class T> static inline T run(task<T> t)
{
    ready_node n{nullptr, t.handle};

    make_ready(&n);
    run_ready();
    bench_expect(t.handle.done());
    return t.handle.promise().value;
}

/* A coroutine of a group, whose frame goes when it ends. */
struct group;
struct child {
    struct promise_type : pooled {
        group *parent;
        ready_node node;

        child get_return_object() { return {this}; }
        std::suspend_always initial_suspend() noexcept { return {}; }
        inline std::suspend_never final_suspend() noexcept;
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };
    promise_type *promise;
};

/* Who awaits a group goes on when the last child has ended. */
struct group {
    long left = 0;
    ready_node waiter{};

    void spawn(child c)
    {
        auto &p = *c.promise;

        left++;
        p.parent = this;
        p.node.coroutine =
            std::coroutine_handle<child::promise_type>::from_promise(p);
        make_ready(&p.node);
    }
    bool await_ready() noexcept { return left == 0; }
    void await_suspend(std::coroutine_handle<> h) noexcept
    {
        waiter.coroutine = h;
    }
    void await_resume() noexcept {}
};

std::suspend_never child::promise_type::final_suspend() noexcept
{
    if (--parent->left == 0 && parent->waiter.coroutine)
        make_ready(&parent->waiter);
    return {};
}

#endif
