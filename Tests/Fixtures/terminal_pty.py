#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a full-screen program on a pseudo-terminal and says what it leaves behind: terminal_pty.py PROGRAM SCENARIO"""
import fcntl, os, pty, re, select, signal, struct, sys, termios, time

program, scenario = sys.argv[1:3]
master, slave = pty.openpty()


def resize(rows, columns):
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


resize(24, 80)
before = termios.tcgetattr(slave)
pid = os.fork()
if pid == 0:
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for fd in (0, 1, 2):
        os.dup2(slave, fd)
    os.environ.update(TERM=os.environ.get("PTY_TERM", "xterm-256color"), LANG="C.UTF-8", SWIFT_BACKTRACE="enable=no", EDITOR="echo changed >")
    os.environ.pop("NO_COLOR", None)
    os.closerange(3, 256)
    os.execv(program, [program])

out = bytearray()
seen = 0
latencies = []
# A guard against hanging, not a measure: a busy machine may be slow.
PATIENCE = 60


def take():
    """Reads what waits and answers the questions in it. False when there is nothing more to come."""
    try:
        chunk = os.read(master, 65536)
    except OSError:
        return False
    out.extend(chunk)
    if b"\x1b[?2026$p" in chunk:
        os.write(master, b"\x1b[?2026;2$y")
    if b"\x1b[c" in chunk:
        os.write(master, b"\x1b[?62;4c")
    return bool(chunk)


def read_for(seconds):
    """Reads for at most so long, or until nothing has come for so long."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0 and select.select([master], [], [], left)[0] and take():
        pass


def expect(text):
    """Reads until the text has come since the last one that was expected."""
    global seen
    end = time.monotonic() + PATIENCE
    while (place := out.find(text, seen)) < 0:
        if not select.select([master], [], [], max(0, end - time.monotonic()))[0] or not take():
            print("FAIL did not see", text, bytes(out[-400:]))
            os.kill(pid, signal.SIGKILL)
            sys.exit(1)
    seen = place + len(text)


def has_ended(seconds):
    """Reads until the program has ended, and then what it has left to read."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        ready = select.select([master, process], [], [], left)[0]
        if master in ready:
            take()
        elif process in ready:
            return True
    return False


process = os.pidfd_open(pid)
expect(b"commands")
# The last of the questions that follow the first frame, where they are asked.
if not os.environ.get("PTY_TERM", "xterm").startswith(("linux", "vt")):
    expect(b"\x1b[c")
if scenario == "quit":
    os.write(master, b"q")
elif scenario == "trap":
    os.write(master, b"!")
elif scenario == "resize":
    for rows, columns in [(40, 120), (6, 20), (1, 1), (2, 3), (1, 80), (60, 200), (24, 80)]:
        resize(rows, columns)
        read_for(0.1)
        os.write(master, b"jk[[[[jk")
        read_for(0.1)
    # Escape leaves a field, unless it was read together with what follows: then once more.
    for _ in range(PATIENCE):
        os.write(master, b"\x1b")
        read_for(0.3)
        os.write(master, b"q")
        if has_ended(1):
            break
elif scenario == "suspend":
    os.write(master, b"\x1a")
    stopped, status = os.waitpid(pid, os.WUNTRACED)
    if not os.WIFSTOPPED(status):
        print("FAIL not stopped", status)
        sys.exit(1)
    if termios.tcgetattr(slave)[:4] != before[:4]:
        print("FAIL settings while stopped")
    os.kill(pid, signal.SIGCONT)
    expect(b"commands")
    os.write(master, b"q")
elif scenario == "editor":
    os.write(master, b"e")
    expect(b"commands")
    os.write(master, b"[[[[")
    expect(b"changed")
    os.write(master, b"q")
elif scenario == "latency":
    for index in range(60):
        start = time.perf_counter()
        os.write(master, b"j" if index % 2 == 0 else b"k")
        select.select([master], [], [], 2)
        latencies.append((time.perf_counter() - start) * 1000)
        read_for(0.01)
    size = len(out)
    read_for(1.0)
    idle = len(out) - size
    latencies.sort()
    cursor = len(out)
    os.write(master, b"j" * 30)
    read_for(0.3)
    burst = len(out) - cursor
    print("figures median %.3f ms p95 %.3f ms idle %d bytes burst %d bytes" % (latencies[30], latencies[56], idle, burst))
    if idle:
        print("FAIL wrote while idle")
    os.write(master, b"q")
else:
    os.kill(pid, getattr(signal, "SIG" + scenario))
if not has_ended(PATIENCE):
    print("FAIL still running")
    os.kill(pid, signal.SIGKILL)
status = os.waitpid(pid, 0)[1]
modes = {}
for names, state in re.findall(rb"\x1b\[\?([0-9;]+)([hl])", bytes(out)):
    for name in names.split(b";"):
        modes[int(name)] = state == b"h"
left = sorted(m for m, on in modes.items() if on and m in (1, 1000, 1002, 1003, 1004, 1006, 1049, 2004, 2026))
if left:
    print("FAIL modes left on:", left)
if modes.get(25) is False:
    print("FAIL the cursor is hidden")
after = termios.tcgetattr(slave)
if after[:4] != before[:4]:
    print("FAIL terminal settings differ", before[:4], after[:4])
print("end", "signal %d" % os.WTERMSIG(status) if os.WIFSIGNALED(status) else "code %d" % os.WEXITSTATUS(status))
