/* SPDX-License-Identifier: MIT
 * Children may not write objects that end before them. */
typedef struct aw_group *aw_group_ref;
async int f(int x);
async void v(void);

async int g(int n)
{
    int outer;
    aw_group (g) {
        int inner;
        static int kept;
        extern int of_the_file;
        aw_group_spawn(g, inner = f(1));
        aw_group_spawn(g, outer = f(2));
        aw_group_spawn(g, kept = f(3));
        aw_group_spawn(g, of_the_file = f(4));
    }
    return n + outer;
}
