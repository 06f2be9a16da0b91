/* SPDX-License-Identifier: MIT
 * The board MPS2 with image AN385, which is also the one that
 * `qemu-system-arm -M mps2-an385` has: vectors, start-up, a tick a millisecond,
 * a serial port, a timer. */
#include "board.h"

#include <stdint.h>

#include <aw_bare.h>

#define CLOCK 25000000u /* Hz */
#define REG(address) (*(volatile uint32_t *)(address))

#define SYSTICK_CONTROL REG(0xE000E010)
#define SYSTICK_RELOAD REG(0xE000E014)
#define SYSTICK_VALUE REG(0xE000E018)
#define INTERRUPT_ENABLE REG(0xE000E100)
#define UART_DATA REG(0x40004000)
#define UART_STATE REG(0x40004004)
#define UART_CONTROL REG(0x40004008)
#define UART_DIVISOR REG(0x40004010)
#define TIMER_CONTROL REG(0x40000000)
#define TIMER_VALUE REG(0x40000004)
#define TIMER_RELOAD REG(0x40000008)
#define TIMER_CLEAR REG(0x4000000C)
#define TIMER_INTERRUPT 8
#define LEDS REG(0x40028000)

/* --- what the program calls ---------------------------------------------- */

void board_led(bool on)
{
    LEDS = on;
}

void board_print(const char *text)
{
    for (; *text; text++) {
        while (UART_STATE & 1)
            ;
        UART_DATA = (uint32_t)*text;
    }
}

void board_print_number(unsigned n)
{
    char digits[12], *p = digits + sizeof digits;
    *--p = '\0';
    do
        *--p = (char)('0' + n % 10);
    while (n /= 10);
    board_print(p);
}

static void (*volatile timer_handler)(void);

void board_interrupt_every(unsigned us, void (*handler)(void))
{
    TIMER_CONTROL = 0;
    timer_handler = handler;
    if (us == 0)
        return;
    TIMER_RELOAD = TIMER_VALUE = CLOCK / 1000000 * us - 1;
    INTERRUPT_ENABLE = 1u << TIMER_INTERRUPT;
    TIMER_CONTROL = 9; /* on, with interrupts */
}

/* --- what the port calls ------------------------------------------------- */

void aw_bare_print(const char *text)
{
    board_print(text);
}

/* Without an emulator there is nowhere to end to. */
static void end(int status)
{
#ifdef SEMIHOSTING
    register uint32_t call __asm__("r0") = 0x18; /* SYS_EXIT */
    register uint32_t how __asm__("r1") = status ? 0x20023 : 0x20026;
    __asm__ volatile("bkpt 0xab" : : "r"(call), "r"(how) : "memory");
#endif
    (void)status;
    for (;;)
        __asm__ volatile("wfi");
}

void aw_bare_halt(void)
{
    end(1);
}

/* --- interrupts ---------------------------------------------------------- */

static void on_tick(void)
{
    aw_bare_tick(1);
}

static void on_timer(void)
{
    TIMER_CLEAR = 1;
    timer_handler();
}

static void on_fault(void)
{
    board_print("fault\n");
    end(1);
}

/* --- start --------------------------------------------------------------- */

extern uint32_t data_from[], data_start[], data_end[], bss_start[], bss_end[];
extern uint32_t stack_top[];
int main(void);
void reset(void);

void reset(void)
{
    const uint32_t *from = data_from;
    for (uint32_t *to = data_start; to < data_end;)
        *to++ = *from++;
    for (uint32_t *to = bss_start; to < bss_end;)
        *to++ = 0;
    UART_DIVISOR = CLOCK / 115200;
    UART_CONTROL = 1; /* transmit */
    SYSTICK_RELOAD = CLOCK / 1000 - 1;
    SYSTICK_VALUE = 0;
    SYSTICK_CONTROL = 7; /* on, with interrupts, at the processor's clock */
    end(main());
}

__attribute__((section(".vectors"),
               used)) static void (*const vectors[])(void) = {
    (void (*)(void))stack_top,
    reset,
    on_fault,
    on_fault,
    on_fault,
    on_fault,
    on_fault,
    [11] = on_fault,
    [15] = on_tick,
    [16 + TIMER_INTERRUPT] = on_timer,
};
