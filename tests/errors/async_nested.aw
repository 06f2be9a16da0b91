/* Async functions are declared at file scope. */
int main(void)
{
    async int inner(void)
    {
        return 1;
    }
    return 0;
}
