struct awi_gather { long words[8]; };
struct awi_child { long words[10]; };
async void sleep(int ms);
static async void sets(int *n)
{
    await sleep(1);
    *n = 1;
}
async int holds(int n)
{
    int mine = n, plain = n;
    try {
        await aw_gather(sets(&mine), sets(&n));
    } catch (5) {
        await sleep(plain);
    }
    return mine + plain;
}
