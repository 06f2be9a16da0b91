/* cleanup calls its function when a block ends: nothing awaits it. */
static async void close_it(int *fd)
{
}
async int use(void)
{
    __attribute__((cleanup(close_it))) int fd = 1;
    return fd;
}
