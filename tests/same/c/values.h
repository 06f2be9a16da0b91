/* SPDX-License-Identifier: MIT
 * What the constructs make their operands of: calls, which become awaited in
 * the twin, that leave a trace of their order. */
static unsigned trace;

static int id(int x)
{
    trace += (unsigned)x * (unsigned)x;
    return x;
}

static long wide(long x)
{
    return x;
}

static double real(double x)
{
    return x;
}
