// SPDX-License-Identifier: GPL-3.0-or-later
try writeForEver(CommandLine.arguments)
