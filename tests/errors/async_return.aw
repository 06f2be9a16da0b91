/* The frame holds the result. */
struct later;
async struct later make(void)
{
}
