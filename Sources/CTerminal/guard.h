// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Remembers the terminal's settings and restores them when a fatal signal ends the process.
void ct_guard_arm(int input, int output);
// Forgets the terminal: it has been given back in good order.
void ct_guard_disarm(void);
// Whether the kitty keyboard protocol has to be popped as well.
void ct_guard_kitty(int pushed);
// Sends what the terminal is to get when it is given back (ct_farewell).
void ct_guard_send_farewell(void);
// Restores the remembered settings now.
void ct_guard_restore_settings(void);
