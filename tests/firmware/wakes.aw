/* SPDX-License-Identifier: MIT
 * No wake is lost: an interrupt sets a flag, at ever other moments of a wait
 * that nothing else would end, as the tick is off. The next one comes only when
 * the last was seen, so that one lost is the end. */
#include <aw.h>
#include <stdint.h>

#include "board.h"

#define SYSTICK_CONTROL (*(volatile uint32_t *)0xE000E010)
#define TIMER_CONTROL (*(volatile uint32_t *)0x40000000)
#define TIMER_VALUE (*(volatile uint32_t *)0x40000004)

enum { WAKES = 40000 };

static aw_flag flag = AW_FLAG_INIT;

static void on_timer(void)
{
    TIMER_CONTROL = 0;
    aw_flag_set(&flag);
}

/* One interrupt, that many cycles from now. */
static void interrupt_in(uint32_t cycles)
{
    TIMER_VALUE = cycles;
    TIMER_CONTROL = 9;
}

async int main(void)
{
    unsigned n = 0;
    board_interrupt_every(1000000, on_timer);
    TIMER_CONTROL = 0;
    SYSTICK_CONTROL = 0;
    while (n < WAKES) {
        interrupt_in(1 + n % 400);
        await aw_flag_wait(&flag);
        n++;
    }
    board_print_number(n);
    board_print(" wakes\n");
    return 0;
}
