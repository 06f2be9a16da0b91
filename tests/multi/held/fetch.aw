/* SPDX-License-Identifier: MIT
 * The callee: functions that leave combinators early and hold children. */
#include "fetch.h"

struct part {
    int id;
    int bytes[4];
};

static async int part(struct part *p, int ms, int error, int cleanup)
{
    try {
        await aw_sleep_ms(ms);
        if (error)
            throw error;
    } finally {
        await aw_sleep_ms(cleanup);
        say("part", p->bytes[3]);
    }
    return p->id;
}

async int both(int bad, int cleanup)
{
    struct part p = {1, {1, 2, 3, 101}}, q = {2, {1, 2, 3, 102}};
    int a, b;

    if (bad == 1)
        await aw_gather(a = part(&p, 10, 71, 0), b = part(&q, 20, 0, cleanup));
    else
        await aw_gather(a = part(&p, 20, 0, cleanup),
                        b = part(&q, 10, bad ? 72 : 0, 0));
    return a + b;
}

async int again(int tries)
{
    int caught = 0;

    for (int i = 1; i <= tries; i++) {
        struct part p = {i, {i, i, i, 200 + i}}, q = {i, {i, i, i, 210 + i}};

        try {
            await aw_gather(part(&p, 5, 80 + i, 0), part(&q, 50, 0, 20));
        } catch (int e) {
            say("caught", e);
            caught += e;
        }
    }
    say("tried", tries);
    return caught;
}

async int limited(int ms, int cleanup)
{
    struct part p = {3, {1, 2, 3, 103}};

    try {
        return await aw_wait_for_ms(part(&p, 100, 0, cleanup), ms);
    } catch (AW_CANCELLED) {
        say("limited: cancelled", 0);
    }
    return 33;
}
