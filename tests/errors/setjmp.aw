/* SPDX-License-Identifier: MIT
 * The stack frame that setjmp saves does not outlive an await. */
async int f(int x);
async void v(void);
typedef long jmp_buf[8];
int setjmp(jmp_buf);
jmp_buf buf;

async int g(int n)
{
    if (setjmp(buf)) n++;
    return n;
}
