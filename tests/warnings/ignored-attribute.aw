/* What says something of arguments, result and calls to the C compiler, which
 * sees none of them. */
#include <aw.h>

static async int sum(const int *p, int n) __attribute__((nonnull(1), pure));

__attribute__((deprecated("use sum"), noinline, nothrow)) static async int
old(const int *p)
{
    await aw_sleep_ms(1);
    return *p;
}

[[gnu::malloc]] async void *memory(void);

async int say(const char *format, const char *what)
    __attribute__((warn_unused_result, __format__(printf, 1, 0)))
    __attribute__((visibility("hidden")));

static async int sum(const int *p, int n)
{
    await aw_sleep_ms(n);
    return *p + await old(p);
}

async int main(void)
{
    int n = 1;
    return await sum(&n, 2) + (await memory() == 0) + await say("", "");
}
