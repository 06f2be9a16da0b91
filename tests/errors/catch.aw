/* SPDX-License-Identifier: MIT
 * Clauses that are wrong or never reached. */
async int f(int x);
async void v(void);

async int g(int n)
{
    try { await v(); }
    catch (1, n) { }
    catch (0) { }
    catch (2, 2, 3) { }
    catch (3) { }
    catch (long e) { n = e; }
    catch (4) { }
    catch (-4096) { }
    catch (int e) { n = e; }
    try { await v(); }
    catch (5000000000) { }
    return n;
}
