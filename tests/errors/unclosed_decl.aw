/* The bracket that is missing, and where it was opened. */
async int f(int a,
            int b;
async int g(void)
{
    return 0;
