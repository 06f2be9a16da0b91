/* SPDX-License-Identifier: MIT
 * The name of a group is no object of the program; what it takes. */
#include <aw.h>

async int f(int n);

async void g(aw_group_ref other, char *text)
{
    aw_group (mine, .limit = text) {
        mine = other;
        aw_group_spawn(&mine, f(1));
        aw_group_spawn(text, f(1));
        aw_group_spawn(other, f(1));
    }
    aw_timeout_ms (text) {
        await f(1);
    }
}
