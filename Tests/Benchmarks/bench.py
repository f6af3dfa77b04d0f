#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the house beside its peers, in one run on this machine, and prints one table.

    bench.py [--only web,json,signing,idle,start,terminal] [--rounds 5] [--json FILE]

    programs   building, finding and running programs; free ports; temporary folders; memory
    figures    a figure, its peer, their ratio and its target; the table
    web        answers per second beside nginx, products by id beside pgbench
    codec      JSON beside Foundation
    signing    signatures and tokens beside OpenSSL
    idle       ten thousand idle connections beside nginx
    start      first and warm start, memory at rest, beside plain PostgreSQL and nginx
    terminal   souk beside tig and htop, through a pseudo terminal of our own

Ours and theirs take turns in every round, so that both meet the same machine; a ratio is the median of the ratios of
the rounds. Targets are marked, never asserted: a busy machine is no reason for a failing build."""

import argparse
import json
import os
import pathlib
import signal
import sys
import time

import codec
import figures
import idle
import programs
import signing
import start
import terminal
import web

PARTS = {"web": web.measure, "json": codec.measure, "signing": signing.measure, "idle": idle.measure,
         "start": start.measure, "terminal": terminal.measure}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(PARTS), help="parts, separated by commas")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2, help="length of one load")
    parser.add_argument("--binaries", help="where release binaries are, when they are built already")
    parser.add_argument("--json", default=str(programs.ROOT / ".build" / "bench.json"))
    options = parser.parse_args()
    parts = options.only.split(",")
    unknown = [part for part in parts if part not in PARTS]
    if unknown:
        parser.error(f"no such part: {', '.join(unknown)}")

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    programs.install_peers()
    bench = programs.Bench(options.rounds, options.seconds, options.binaries)
    began = time.monotonic()
    table = figures.Table()
    with bench:
        for part in parts:
            print(f"measuring {part} …", file=sys.stderr, flush=True)
            PARTS[part](bench, table)
    print(table.markdown(programs.machine(), time.monotonic() - began))
    pathlib.Path(options.json).parent.mkdir(parents=True, exist_ok=True)
    pathlib.Path(options.json).write_text(json.dumps(
        {"machine": programs.machine(), "seconds": round(time.monotonic() - began),
         "figures": table.values()}, indent=1) + "\n")


if __name__ == "__main__":
    os.umask(0o022)
    main()
