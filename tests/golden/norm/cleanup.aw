async int f(int);
void g(int);
async int test(int n)
{
    while (n--) {
        defer g(n);
        try {
            if (await f(n))
                break;
        } catch (3, 4) {
            continue;
        } catch (int e) {
            g(e);
        } finally {
            g(0);
        }
    }
    return n;
}
