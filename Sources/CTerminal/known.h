// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Whether ncurses knows a terminal type. Asked first because newterm loses memory when it does not.
int ct_is_known(const char *type, int output);
