/* SPDX-License-Identifier: MIT */
#include "../coro.hpp"

/* Ends its awaiter's wait when the last of `left` children has ended. */
struct join {
    int left;
    ready_node node;
    bool await_ready() noexcept { return left == 0; }
    void await_suspend(std::coroutine_handle<> h) noexcept
    {
        node.coroutine = h;
    }
    void await_resume() noexcept {}
};

struct child {
    struct promise_type {
        join *parent;
        ready_node node;
        child get_return_object()
        {
            return {std::coroutine_handle<promise_type>::from_promise(*this)};
        }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept
        {
            if (--parent->left == 0)
                make_ready(&parent->node);
            return {};
        }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };
    std::coroutine_handle<promise_type> handle;
};

static child node(long number, long leaves, long *sum)
{
    if (leaves == 1) {
        *sum = number;
        co_return;
    }
    long r[10], part = leaves / 10;
    join all{10, {}};
    for (int i = 0; i < 10; i++) {
        child c = node(number + i * part, part, &r[i]);
        auto &p = c.handle.promise();
        p.parent = &all;
        p.node.coroutine = c.handle;
        make_ready(&p.node);
    }
    co_await all;
    *sum = 0;
    for (int i = 0; i < 10; i++)
        *sum += r[i];
}

int main()
{
    double before = bench_peak(), begin = bench_cpu();
    long sum = 0;
    join all{1, {nullptr, std::noop_coroutine()}};
    child root = node(0, 1000000, &sum);

    root.handle.promise().parent = &all;
    root.handle.promise().node.coroutine = root.handle;
    make_ready(&root.handle.promise().node);
    run_ready();
    bench_report("tree", (bench_cpu() - begin) * 1e3, "ms");
    bench_report("memory", (bench_peak() - before) / 1e6, "MB");
    bench_expect(sum == 499999500000);
}
