/* SPDX-License-Identifier: MIT
 * Cleanup runs to its end. */
async int f(int x);
async void v(void);

async int g(int n)
{
    while (n) {
        defer { if (n) break; }
        try { n++; } finally { if (n) return 1; goto out; }
    }
    defer { while (n) { if (n > 1) break; continue; } return 2; }
    out:
    return n;
}
