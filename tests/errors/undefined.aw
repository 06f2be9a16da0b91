/* SPDX-License-Identifier: MIT
 * A static function of which there is only a declaration: the C compiler would
 * complain about a name that nobody wrote. */
static async int missing(int);
static async int unused(int);
static async void also_missing(int *p);
static async void (*pointer)(int *p);
static async int present(int);

async int all(void)
{
    pointer = also_missing;
    await aw_gather(missing(1), pointer(0));
    return await present(2) + await missing(3);
}

static async int present(int n)
{
    return n;
}
