/* SPDX-License-Identifier: MIT
 * The least that C++20 coroutines need to be tasks: a lazy task type whose
 * end resumes its awaiter directly, and a list of ready coroutines. */
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

template <class T> struct task {
    struct promise_type {
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

template <class T> static inline void start(task<T> &t, ready_node &n)
{
    n.coroutine = t.handle;
    make_ready(&n);
}

#endif
