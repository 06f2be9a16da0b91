/* SPDX-License-Identifier: MIT
 * A queue between a producer and a consumer. It holds two items at most, in
 * an array of the program, so a fast producer waits for a slow consumer. The
 * type is known to the compiler: there are no casts.
 *
 *   made job 1
 *   made job 2
 *   made job 3       (job 1 is at work, 2 and 3 are in the queue)
 *   did job 1
 *   ... */
#include <aw.h>
#include <errno.h>
#include <stdio.h>

typedef struct {
    int number;
} job;

static async void produce(aw_queue(job) *queue)
{
    for (int n = 1; n <= 4; n++) {
        await aw_queue_put(queue, (job){n});
        printf("made job %d\n", n);
    }
    aw_queue_close(queue);
}

static async void consume(aw_queue(job) *queue)
{
    try {
        for (;;) {
            job j = await aw_queue_get(queue);
            await aw_sleep_ms(20);
            printf("did job %d\n", j.number);
        }
    } catch (EPIPE) {
        puts("no more jobs");
    }
}

async int main(void)
{
    job room[2];
    aw_queue(job) queue = AW_QUEUE_INIT(room);

    await aw_gather(produce(&queue), consume(&queue));
    return 0;
}
