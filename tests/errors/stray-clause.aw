/* SPDX-License-Identifier: MIT
 * Clauses that no try takes; what follows is understood again. */
async int f(int x);

async int g(int x)
{
    catch (int e) { x = e; }
    if (x)
        finally { x = 1; }
    try { x = await f(1); } finally { x++; } catch (5) { x--; }
    try { x = await f(1); } catch (5, 6) { x++; } catch (int e) { x = e; }
    return x;
}
