/* SPDX-License-Identifier: MIT
 * The words need no header, but what they become does. */
typedef int number;

static async number f(void)
{
    return 1;
}
