#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows a program's picture page on a terminal that draws pixels in one way, and says what is on its glass at each
step: terminal_pictures.py PROGRAM kitty|tmux|inline|sixel|none"""
import fcntl, os, pty, select, struct, sys, termios, time

from glass import CELL, Glass

program, kind = sys.argv[1:3]
ANSWERS = {
    "kitty": {b"\x1b_Gi=31": b"\x1b_Gi=31;OK\x1b\\", b"\x1b[16t": b"\x1b[6;16;8t", b"\x1b[c": b"\x1b[?62c"},
    "tmux": {b"\x1b_Gi=31": b"\x1b_Gi=31;OK\x1b\\", b"\x1bPtmux;\x1b\x1b[>0q": b"\x1bP>|kitty(0.30.1)\x1b\\",
             b"\x1b[>0q": b"\x1bP>|tmux 3.4\x1b\\", b"\x1b[c": b"\x1b[?1;2c"},
    "inline": {b"\x1b[>0q": b"\x1bP>|iTerm2 3.5.2\x1b\\", b"\x1b[16t": b"\x1b[6;16;8t", b"\x1b[c": b"\x1b[?62c"},
    "sixel": {b"\x1b[16t": b"\x1b[6;16;8t", b"\x1b[c": b"\x1b[?62;4;22c"},
    "none": {b"\x1b[c": b"\x1b[?62c"},
}
answers = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", **ANSWERS[kind]}
glass = Glass(80, 40)
master, slave = pty.openpty()


def resize(columns, rows):
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


resize(80, 40)
pid = os.fork()
if pid == 0:
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for fd in (0, 1, 2):
        os.dup2(slave, fd)
    os.environ.update(TERM="xterm-256color", LANG="C.UTF-8", SWIFT_BACKTRACE="enable=no")
    for name in ("NO_COLOR", "TMUX", "SSH_CONNECTION"):
        os.environ.pop(name, None)
    if kind == "tmux":
        os.environ.update(TERM="tmux-256color", TMUX="/tmp/tmux-0/default,1,0")
    os.closerange(3, 256)
    os.execv(program, [program])
os.close(slave)


def read(seconds):
    """What comes within that time; nothing when nothing does or the program has ended."""
    if not select.select([master], [], [], max(0, seconds))[0]:
        return b""
    try:
        data = os.read(master, 1 << 16)
    except OSError:
        return b""
    for question, answer in answers.items():
        if question in data:
            os.write(master, answer)
    glass.feed(data)
    return data


def step(name, keys, wanted, seconds=20):
    """Presses keys and reads until the glass shows what is wanted, and then until nothing more comes."""
    os.write(master, keys)
    end = time.monotonic() + seconds
    while not wanted() and time.monotonic() < end:
        read(end - time.monotonic())
    while read(0.2):
        pass
    print("%s: %s, %d sent" % (name, glass.seen(), glass.sent))


def has(text):
    return lambda: text in glass.text()


def shows_picture():
    return glass.seen() != "nothing"


step("start", b"", has("commands"))
step("picture", b"[", shows_picture)
step("help", b"?", has("Help"))
step("back", b"\x1b", lambda: "Help" not in glass.text() and shows_picture())
step("paged", b"\x04\x04", has("Line 32"))
step("scrolled", b"jjj", has("Line 35"))
step("another page", b"[", has("About the maker"))
step("again", b"]", lambda: "About" not in glass.text() and shows_picture())
glass.resize(100, 50)
resize(100, 50)
step("wider", b"", lambda: "commands" in glass.text() and shows_picture())
step("other colours", b"t", has("light"))
os.write(master, b"q")
while True:
    data = read(5)
    if not data:
        break
print("end: %s, %d kept" % (glass.seen(), len(glass.files)))
print("\n".join("FAIL " + fault for fault in glass.faults), end="\n" if glass.faults else "")
os.waitpid(pid, 0)
