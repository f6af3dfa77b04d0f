# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON beside Foundation: a pair of works per line of `bench-json`, each half in turn.

Times are the least of many rounds: a work of microseconds is disturbed by everything else the machine does."""

import json

# The name of a pair, what the table calls it, and how many times faster it is to be.
PAIRS = {
    "encode": ("JSON: encode a page through Codable", 4.5),
    "decode, snake case against Foundation's plain names": ("JSON: decode a page through Codable", 4),
    "decode, plain names in any order": ("the same with plain names in any order", None),
    "write by hand": ("JSON: write a page by hand", 15),
    "page of ready cards": ("JSON: a result page of ready cards", 15),
}


def measure(bench, table):
    runs = [list(map(json.loads, bench.run([bench.binary("bench-json")]).splitlines())) for _ in range(3)]
    for name, (title, target) in PAIRS.items():
        found = [figure for run in runs for figure in run if figure["name"] == name]
        table.times(title, "µs", min(f["ours_us"] for f in found), "Foundation",
                    min(f["foundation_us"] for f in found), [f["foundation_us"] / f["ours_us"] for f in found], target)
