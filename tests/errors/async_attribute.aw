/* What would make it a function that the runtime cannot call. */
async int other(int) __attribute__((noinline, alias("real")));
static __attribute__((__weak__)) async int may_be(void);
[[gnu::target_clones("avx2", "default")]] async int twice(void);
