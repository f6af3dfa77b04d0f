# SPDX-License-Identifier: GPL-3.0-or-later
"""A terminal program in a pseudo terminal, timed from outside.

The driver plays a terminal: it has a size, answers what programs ask terminals at their start (a program that waits
for an answer would otherwise be measured waiting), and takes everything the program writes at once. What it cannot
see is the drawing of a terminal emulator's own window."""

import contextlib
import errno
import fcntl
import os
import re
import select
import signal
import struct
import termios
import time

import programs

ROWS, COLUMNS = 40, 120

# What a terminal of our days answers: attributes, position, modes, colours, sizes (ECMA-48, xterm's ctlseqs).
QUESTIONS = [
    (rb"\x1b\[0?c", b"\x1b[?62;22c"),
    (rb"\x1b\[>0?c", b"\x1b[>0;276;0c"),
    (rb"\x1b\[>0?q", b"\x1bP>|bench(1)\x1b\\"),
    (rb"\x1b\[5n", b"\x1b[0n"),
    (rb"\x1b\[6n", b"\x1b[1;1R"),
    (rb"\x1b\[\?(\d+)\$p", lambda m: b"\x1b[?" + m[1] + b";2$y"),
    (rb"\x1b\](1[01]);\?(?:\x07|\x1b\\)", lambda m: b"\x1b]" + m[1] + b";rgb:1e1e/1e1e/1e1e\x1b\\"),
    (rb"\x1b\[\?u", b"\x1b[?0u"),
    (rb"\x1b\[14t", f"\x1b[4;{ROWS * 16};{COLUMNS * 8}t".encode()),
    (rb"\x1b\[16t", b"\x1b[6;16;8t"),
    (rb"\x1b\[18t", f"\x1b[8;{ROWS};{COLUMNS}t".encode()),
    (rb"\x1bP\+q[0-9A-Fa-f;]*\x1b\\", b"\x1bP0+r\x1b\\"),
    (rb"\x1b_G[^\x1b]*\x1b\\", b""),
]
QUESTIONS = [(re.compile(pattern), answer) for pattern, answer in QUESTIONS]

# Everything that draws nothing: control strings, control sequences, single escapes, control characters, spaces.
INVISIBLE = re.compile(
    rb"\x1b[P\]_^X][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[ -/]+[0-~]|\x1b[0-~]|[\x00-\x20\x7f]")


class Session:
    """One run of a program, from exec to its end."""

    def __init__(self, arguments, folder, environment=None):
        settings = {key: value for key, value in os.environ.items()
                    if key not in ("TMUX", "STY", "TERM_PROGRAM", "NO_COLOR", "COLORTERM", "LINES", "COLUMNS")}
        settings.update(TERM="xterm-256color", LC_ALL="C.UTF-8", **(environment or {}))
        self.unread, self.written = b"", 0
        self.master, terminal = os.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, COLUMNS * 8, ROWS * 16))
        self.began = time.perf_counter()
        self.pid = os.fork()
        if self.pid == 0:
            self._become(terminal, arguments, folder, settings)
        os.close(terminal)
        os.set_blocking(self.master, False)

    def _become(self, terminal, arguments, folder, settings):
        try:
            os.close(self.master)
            os.setsid()
            fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
            for descriptor in (0, 1, 2):
                os.dup2(terminal, descriptor)
            os.chdir(folder)
            os.execvpe(arguments[0], arguments, settings)
        finally:
            os._exit(127)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def read(self, seconds):
        """What has come within that time, or nothing; an error when the program has ended."""
        if not select.select([self.master], [], [], max(0, seconds))[0]:
            return b""
        try:
            data = os.read(self.master, 1 << 16)
        except OSError as error:
            if error.errno == errno.EAGAIN:
                return b""
            raise EOFError("the program ended") from error
        if not data:
            raise EOFError("the program ended")
        self.written += len(data)
        self._answer(data)
        return data

    def _answer(self, data):
        text = self.unread + data
        answered = 0
        for pattern, answer in QUESTIONS:
            for found in pattern.finditer(text):
                answered = max(answered, found.end())
                reply = answer(found) if callable(answer) else answer
                if reply:
                    os.write(self.master, reply)
        # A question may be cut in two by a read.
        escape = text.rfind(b"\x1b", answered)
        self.unread = text[escape:] if escape >= 0 and len(text) - escape < 64 else b""

    def settle(self, quiet, limit):
        """Reads until nothing has come for `quiet` seconds. Returns the times of the first and last byte, and all."""
        end = time.perf_counter() + limit
        first = last = None
        everything = b""
        while (now := time.perf_counter()) < end:
            data = self.read(min(quiet, end - now) if last else end - now)
            now = time.perf_counter()
            if data:
                first, last = first or now, now
                everything += data
            elif last and now - last >= quiet:
                break
        return first, last, everything

    def first_paint(self, limit=10, shows=None):
        """Milliseconds from exec to the first visible glyph, or to the text given."""
        seen = b""
        while time.perf_counter() - self.began < limit:
            seen += self.read(limit)
            now = time.perf_counter()
            plain = INVISIBLE.sub(b"", seen)
            if shows.encode() in plain if shows else plain and not plain.startswith(b"\x1b"):
                return (now - self.began) * 1000
        raise TimeoutError("nothing was painted")

    def key(self, keys, quiet=0.012, limit=1.0):
        """Milliseconds from writing the keys to the last byte of what they changed, and its length."""
        began = time.perf_counter()
        os.write(self.master, keys)
        _, last, data = self.settle(quiet, limit)
        return ((last - began) * 1000 if last else None), len(data)

    def memory(self):
        return programs.memory(programs.tree(self.pid))

    def close(self):
        """Ends the program by hanging up, and by force if that does not help."""
        for sign in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, sign)
            end = time.monotonic() + 2
            while time.monotonic() < end:
                if os.waitpid(self.pid, os.WNOHANG)[0]:
                    os.close(self.master)
                    return
                with contextlib.suppress(EOFError):
                    self.read(0.01)
