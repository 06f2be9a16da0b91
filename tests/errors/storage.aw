/* What an async function, a generator, a deferred statement cannot be. */
async int f(int x);
_Thread_local async int g(void);
register async int h(void);
async auto int i(void);
async_generator(void) v(void);
async_generator(int[3]) w(void);

async int a(int n)
{
    defer int x = 5;
    return await f(n);
}
