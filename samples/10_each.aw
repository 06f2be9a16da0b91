/* SPDX-License-Identifier: MIT
 * The same call for each index, all at the same time: four sensors, each of
 * which takes a while, and may not take too long. The number is a constant, so
 * that the calls stand in main's frame, and nothing needs a heap.
 *
 *   0: 10
 *   1: 11
 *   2: 12
 *   3: Connection timed out */
#include <aw.h>
#include <stdio.h>

enum { SENSORS = 4 };

static async int measure(int sensor)
{
    await aw_sleep_ms(30 * sensor);
    return 10 + sensor;
}

async int main(void)
{
    int value[SENSORS], error[SENSORS];

    await aw_gather_each(int i, SENSORS,
                         error[i] =
                             aw_try(value[i] = aw_wait_for_ms(measure(i), 75)));
    for (int i = 0; i < SENSORS; i++)
        if (error[i])
            printf("%d: %s\n", i, aw_strerror(error[i]));
        else
            printf("%d: %d\n", i, value[i]);
    return 0;
}
