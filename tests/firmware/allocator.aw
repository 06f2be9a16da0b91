/* SPDX-License-Identifier: MIT
 * Memory from the program's allocator, and a handle that is given back when
 * there is none any more: nothing happens, and nothing is taken afterwards. */
#include <aw.h>

#include "board.h"

static _Alignas(8) char room[2048];
static struct {
    size_t used, freed;
} heap;

static void *take(void *ctx, size_t size)
{
    char *p = room + heap.used;
    (void)ctx;
    heap.used += (size + 7) / 8 * 8;
    return heap.used <= sizeof room ? p : NULL;
}

static void give_back(void *ctx, void *p, size_t size)
{
    (void)ctx;
    (void)p;
    heap.freed += (size + 7) / 8 * 8;
}

static const aw_allocator allocator = {take, give_back, NULL};

static async int later(int value)
{
    await aw_sleep_ms(1);
    return value;
}

async int main(void)
{
    aw_set_allocator(&allocator);
    aw_task(int) a = aw_create_task(later(1)), b = aw_create_task(later(2));
    int sum = await a + await b;
    aw_task_release(a);
    size_t freed = heap.freed;
    aw_set_allocator(NULL);
    aw_task_release(b);
    aw_task(int) none = aw_create_task(later(3));
    board_print(none == NULL && freed > 0 && heap.freed == freed
                    ? "given back while it could be, sum "
                    : "wrong, sum ");
    board_print_number((unsigned)sum);
    board_print("\n");
    return 0;
}
