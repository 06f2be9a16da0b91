/* SPDX-License-Identifier: MIT
 * What main is called with. */
async void main(int argc);
