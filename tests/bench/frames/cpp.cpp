/* SPDX-License-Identifier: MIT
 * Bytes of all frames of a call when it first suspends. */
#include "../coro.hpp"

static size_t taken;

struct counted {
    static void *operator new(size_t size)
    {
        taken += size;
        return malloc(size);
    }
    static void operator delete(void *p) { free(p); }
};

using number = task<int, counted>;

/* Out of its caller, as in another file. */
#define ASIDE __attribute__((noinline))

ASIDE static void use(void *p)
{
    __asm__ volatile("" ::"r"(p) : "memory");
}

/* As large as what a timer needs, and used: two links, whom to wake, when. */
struct sleep_once {
    void *link[2];
    std::coroutine_handle<> sleeper;
    uint64_t when;
    bool await_ready() noexcept { return false; }
    void await_suspend(std::coroutine_handle<> h) noexcept
    {
        sleeper = h;
        use(this);
    }
    void await_resume() noexcept {}
};

struct kib {
    char bytes[1024];
};

ASIDE static number stays(int x)
{
    co_return x + 1;
}

ASIDE static number sleeps(int x)
{
    co_await sleep_once{};
    co_return x + 1;
}

ASIDE static number buffers()
{
    {
        char b[256];
        use(b);
        co_await std::suspend_always{};
        use(b);
    }
    {
        char b[256];
        use(b);
        co_await std::suspend_always{};
        use(b);
    }
    {
        char b[256];
        use(b);
        co_await std::suspend_always{};
        use(b);
    }
    co_return 1;
}

ASIDE static number nested1(int x)
{
    co_return co_await sleeps(x) + x;
}

ASIDE static number nested2(int x)
{
    co_return co_await nested1(x) + x;
}

ASIDE static number scopes()
{
    {
        char b[1024];
        use(b);
        co_await std::suspend_always{};
        use(b);
        co_await std::suspend_always{};
        use(b);
    }
    {
        char b[1024];
        use(b);
        co_await std::suspend_always{};
        use(b);
        co_await std::suspend_always{};
        use(b);
    }
    co_return 1;
}

ASIDE static number down1(kib x)
{
    co_await std::suspend_always{};
    use(&x);
    co_return 1;
}

ASIDE static number down2(kib x)
{
    co_return co_await down1(x) + 1;
}

ASIDE static number down3(kib x)
{
    co_return co_await down2(x) + 1;
}

ASIDE static number down4(kib x)
{
    co_return co_await down3(x) + 1;
}

ASIDE static number tail(int x)
{
    co_return co_await sleeps(x);
}

template <class Call> static size_t bytes(Call call)
{
    taken = 0;
    call().handle.resume();
    return taken;
}

static void report(const char *name, size_t bytes)
{
    printf("%s %zu B\n", name, bytes);
}

int main()
{
    size_t sleep = bytes([] { return sleeps(1); });

    report("in-caller-without-suspension", bytes([] { return stays(1); }));
    report("sleeps", sleep);
    report("three-buffers", bytes([] { return buffers(); }));
    report("nested-twice", bytes([] { return nested2(1); }));
    report("two-scopes", bytes([] { return scopes(); }));
    report("kib-down-4", bytes([] { return down4(kib{}); }));
    report("tail-beyond-callee", bytes([] { return tail(1); }) - sleep);
}
