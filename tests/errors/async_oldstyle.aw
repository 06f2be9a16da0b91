/* Frames need the types of parameters. */
async int add(a, b)
int a, b;
{
    return a + b;
}
