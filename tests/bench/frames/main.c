/* SPDX-License-Identifier: MIT
 * Behind the C made from ours.aw, in the same file. */
extern int printf(const char *, ...);

void use(void *p, unsigned long n)
{
    (void)p;
    (void)n;
}

#define SIZE(name, bytes) printf(name " %lu B\n", (unsigned long)(bytes))

int main(void)
{
    SIZE("in-caller-without-suspension",
         sizeof(struct awf_calls_direct) - sizeof(struct awf_sleeps));
    SIZE("sleeps", sizeof(struct awf_sleeps));
    SIZE("three-buffers", sizeof(struct awf_buffers));
    SIZE("nested-twice", sizeof(struct awf_nested2));
    SIZE("gather-3-beyond-tasks",
         sizeof(struct awf_gather3) - 3 * sizeof(struct awi_child));
    SIZE("two-scopes", sizeof(struct awf_scopes));
    SIZE("kib-down-4", sizeof(struct awf_down4));
    SIZE("tail-beyond-callee",
         sizeof(struct awf_tail) - sizeof(struct awf_sleeps));
    return 0;
}
