// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

exit(Souk.run(Array(CommandLine.arguments.dropFirst())))
