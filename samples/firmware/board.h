/* SPDX-License-Identifier: MIT
 * What the program wants of the board; each has its own board.c. */
#ifndef BOARD_H
#define BOARD_H

#include <stdbool.h>

void board_led(bool on);

/* Onto the serial port; a number in decimal digits. */
void board_print(const char *text);
void board_print_number(unsigned n);

/* Has `handler` called by an interrupt every `us` microseconds; 0: no more. */
void board_interrupt_every(unsigned us, void (*handler)(void));

#endif
