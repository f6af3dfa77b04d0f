// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Glibc

StandardStreams.occupy()
exit(Souk.run(Array(CommandLine.arguments.dropFirst())))
