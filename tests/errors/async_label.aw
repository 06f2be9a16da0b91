/* A name for the assembler: no function of that name could be called. */
static async int one(int) __asm__("one_v2");
async int (two)(int) __attribute__((cold)) asm("two" "_v2")
    __attribute__((used));
int plain(int) __asm__("plain_v2");

static async int one(int n)
{
    return n + plain(n);
}
