/* Five mistakes, five errors. */
#include <aw.h>
#include <errno.h>

async int f(int x);

async int a(int n)
{
    try {
        n += await f(n);
    } catch (0) {
        n = 1;
    } catch (EIO, n) {
        n = 2;
    }
    finally { return n; }
    yield n;
    while (n) { defer { break; } n--; }
}
