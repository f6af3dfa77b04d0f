# SPDX-License-Identifier: GPL-3.0-or-later
"""Signatures and tokens beside OpenSSL: `bench-crypto` and `openssl speed` in turn. Times of one core."""

import json
import statistics

import programs

# A work of ours, what the table calls it, and which of OpenSSL's two works it is beside.
WORKS = {
    "sign": ("Ed25519: sign", "sign"),
    "verify": ("Ed25519: verify", "verify"),
    "token read": ("read an access token, signature and all", "verify"),
}
ALONE = {
    "seal 100 bytes": "seal a field of 100 bytes",
    "open 100 bytes": "open it",
    "one-time password": "check a one-time password",
}


def openssl(bench):
    """Microseconds of signing and verifying."""
    lines = bench.run([programs.find("openssl"), "speed", "-seconds", 1, "-mr", "ed25519"]).splitlines()
    rates = next(line.split(":") for line in lines if line.startswith("+F6:"))[-2:]
    return dict(zip(("sign", "verify"), (1e6 / float(rate) for rate in rates)))


def measure(bench, table):
    rounds = []
    for _ in range(bench.rounds):
        lines = bench.run([bench.binary("bench-crypto")]).splitlines()
        rounds.append(({figure["name"]: figure["ns"] / 1e3 for figure in map(json.loads, lines)}, openssl(bench)))
    for name, (title, theirs) in WORKS.items():
        pairs = [(ours[name], peer[theirs]) for ours, peer in rounds]
        table.times(title, "µs", statistics.median(a for a, _ in pairs), f"OpenSSL, {theirs}",
                    statistics.median(b for _, b in pairs), [b / a for a, b in pairs])
    for name, title in ALONE.items():
        table.limit(title, "µs", statistics.median(ours[name] for ours, _ in rounds))
