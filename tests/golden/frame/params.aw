struct kib { char bytes[1024]; };
void use(const struct kib *k, int n);
async void sleep(int ms);
static async int leaf(struct kib k)
{
    await sleep(1);
    use(&k, 1);
    return 1;
}
static async int moved(int n, struct kib k)
{
    int r = await leaf(k);
    r += n;
    await sleep(r);
    return r + await leaf(k) + n;
}
async int down(struct kib k)
{
    return await moved(1, k) + 1;
}
