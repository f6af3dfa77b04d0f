# SPDX-License-Identifier: GPL-3.0-or-later
"""From nothing, and from a made data directory, to ready; and the memory of a server that rests."""

import contextlib
import os
import pathlib
import shutil
import signal
import socket
import struct
import time

import figures
import programs


def measure(bench, table):
    first, warm, plain_first, plain_warm = [], [], [], []
    for number in range(3):
        data = bench.folder / f"start-{number}"
        first.append(_soukd(bench, data))
        warm.append(_soukd(bench, data))
        shutil.rmtree(data)
        made, started = _plain(bench, number)
        plain_first.append(made)
        plain_warm.append(started)
    for ours, peer, name, peer_name in (
            (first, plain_first, "first start to ready, database made", "initdb and start of PostgreSQL"),
            (warm, plain_warm, "warm start to ready", "start of PostgreSQL")):
        table.limit(name, "ms", figures.median(ours), peer_name, figures.median(peer))
    _memory(bench, table)


def _soukd(bench, data):
    """Milliseconds from exec to the first good answer of `/readyz`, then a clean stop."""
    began = time.perf_counter()
    process, _, _ = bench.soukd(data)
    took = (time.perf_counter() - began) * 1000
    bench.end(process)
    return took


def _plain(bench, number):
    """A bare PostgreSQL with its defaults, made and started as its user does it."""
    folder = bench.folder / f"plain-{number}"
    folder.mkdir(mode=0o700)
    as_user = {}
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        as_user = {"user": "postgres", "group": "postgres"}
    port = programs.free_port()
    began = time.perf_counter()
    bench.run([programs.POSTGRES / "initdb", "-D", folder / "data", "-A", "trust", "-U", "owner", "--locale=C.UTF-8",
               "--data-checksums"], cwd=folder, **as_user)
    made = time.perf_counter()
    process = bench.start(
        [str(programs.POSTGRES / "postgres"), "-D", str(folder / "data"), "-k", str(folder), "-p", str(port),
         "-c", "listen_addresses="], "plain.log", cwd=folder, **as_user)
    programs.wait_until(lambda: _accepts(folder / f".s.PGSQL.{port}"), 30, "PostgreSQL's start")
    ended = time.perf_counter()
    bench.end(process, signal.SIGINT)
    shutil.rmtree(folder)
    return (ended - began) * 1000, (ended - made) * 1000


def _accepts(path):
    """Whether the server greets a session (protocol 3.0) with its authentication message."""
    with socket.socket(socket.AF_UNIX) as client, contextlib.suppress(OSError):
        client.settimeout(2)
        client.connect(str(path))
        body = struct.pack("!i", 196608) + b"user\0owner\0database\0postgres\0\0"
        client.sendall(struct.pack("!i", len(body) + 4) + body)
        return client.recv(1) == b"R"
    return False


def _memory(bench, table):
    process, _ = demo_market(bench)
    files = bench.folder / "static-rest"
    files.mkdir()
    nginx, _ = bench.nginx(files)
    postgres = next(pid for pid in programs.tree(process.pid) if _name(pid) == "postgres")
    database = programs.tree(postgres)
    others = [pid for pid in programs.tree(process.pid) if pid != process.pid and pid not in database]
    theirs = programs.memory(programs.tree(nginx.pid))
    ours = programs.memory([process.pid])
    table.limit("soukd at rest, demo market", "MB RSS", ours[0], "nginx, all processes", theirs[0])
    table.limit("the same, shared pages divided", "MB PSS", ours[1], "nginx, all processes", theirs[1])
    table.limit("its PostgreSQL", "MB PSS", programs.memory(database)[1])
    if others:
        table.limit("its drawing process", "MB PSS", programs.memory(others)[1])
    bench.end(process)
    bench.end(nginx)


def demo_market(bench):
    """The demo market, once its pictures are drawn and nothing more is to do. Returns its process and port."""
    process, port, _ = bench.soukd(bench.folder / "demo", "--demo", "true")
    time.sleep(2)
    _wait_for_rest(process.pid)
    return process, port


def _name(pid):
    with contextlib.suppress(OSError):
        return pathlib.Path(f"/proc/{pid}/comm").read_text().strip()
    return ""


def _wait_for_rest(pid):
    """Until the whole tree has used hardly any processor time for two seconds; at most a minute."""
    ticks = lambda: sum(_ticks(each) for each in programs.tree(pid))
    for _ in range(30):
        before = ticks()
        time.sleep(2)
        if ticks() - before <= 4:
            return


def _ticks(pid):
    with contextlib.suppress(OSError):
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])
    return 0
