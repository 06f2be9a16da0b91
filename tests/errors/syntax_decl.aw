/* Errors in declarations that mention the dialect are ours. */
int x async int f(void)
{
    return 0;
}
async int g(int 3);
async int h(void) { return 0; }
