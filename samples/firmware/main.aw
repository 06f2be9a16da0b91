/* SPDX-License-Identifier: MIT
 * Firmware without an operating system and without a heap: a task in static
 * memory blinks, two conversions run at the same time, an interrupt sets a flag
 * that another task waits for. See the Makefile. The serial port says:
 *
 *   conversions: 105 and 203
 *   in time
 *   pressed
 *   pressed
 *   pressed
 *   nobody presses any more
 *   the LED has changed 9 times or more */
#include <aw.h>
#include <errno.h>

#include "board.h"

static aw_flag button = AW_FLAG_INIT;

static void on_button(void)
{
    aw_flag_set(&button);
}

static async void blink(unsigned *changes)
{
    defer board_led(false);
    for (bool on = true;; on = !on) {
        board_led(on);
        ++*changes;
        await aw_sleep_ms(10);
    }
}

static aw_task_storage(blink) blinker;

static async unsigned convert(unsigned channel, int ms)
{
    await aw_sleep_ms(ms);
    return 100 * channel + (unsigned)ms / 10;
}

static async void presses(int n)
{
    while (n-- > 0) {
        await aw_flag_wait(&button);
        board_print("pressed\n");
    }
}

async int main(void)
{
    unsigned a, b, changes = 0;
    int64_t start = aw_now_ms();
    aw_task(void) t = aw_start(&blinker, blink(&changes));

    await aw_gather(a = convert(1, 50), b = convert(2, 30));
    board_print("conversions: ");
    board_print_number(a);
    board_print(" and ");
    board_print_number(b);
    int64_t took = aw_now_ms() - start;
    board_print(took >= 50 && took < 80 ? "\nin time\n" : "\nnot in time\n");

    board_interrupt_every(7000, on_button);
    await presses(3);
    board_interrupt_every(0, NULL);
    if (await aw_try(aw_wait_for_ms(presses(1), 50)) == ETIMEDOUT)
        board_print("nobody presses any more\n");

    aw_cancel(t);
    if (await aw_try(t) == AW_CANCELLED && changes >= 9)
        board_print("the LED has changed 9 times or more\n");
    aw_task_release(t);
    return 0;
}
