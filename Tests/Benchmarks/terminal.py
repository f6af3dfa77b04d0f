# SPDX-License-Identifier: GPL-3.0-or-later
"""souk beside tig and htop: first paint, key to paint, bytes per key, bursts, memory."""

import json
import sys
import urllib.request

import figures
import programs
import pseudo
import start

KEYS = 150
STARTS = 7


class Program:
    def __init__(self, name, arguments, folder, keys=(b"j", b"k"), environment=None, shows=None):
        self.name, self.arguments, self.folder, self.keys = name, arguments, folder, keys
        self.environment, self.shows = environment, shows
        self.paints, self.answers, self.lengths, self.bursts, self.resident = [], [], [], [], []

    def open(self):
        return pseudo.Session(self.arguments, self.folder, self.environment)

    def take_start(self):
        with self.open() as session:
            self.paints.append(session.first_paint(shows=self.shows))

    def take_keys(self, count):
        """Presses keys there and back, so that the ends of a list are not met, then thirty at once."""
        with self.open() as session:
            session.first_paint(shows=self.shows)
            session.settle(0.3, 5)
            for number in range(10 + count):
                took, length = session.key(self.keys[number % 2])
                if took is None:
                    sys.exit(f"bench: {self.name} does not answer its key {self.keys[number % 2]!r}")
                if number >= 10:
                    self.answers.append(took)
                    self.lengths.append(length)
            self.bursts.append(session.key(self.keys[0] * 30, quiet=0.05)[0])
            self.resident.append(session.memory())


def measure(bench, table):
    souk, tig, htop = _souk(bench), _tig(bench), _htop(bench)
    with programs.undisturbed():
        for _ in range(STARTS):
            for program in (souk, tig, htop):
                program.take_start()
        for _ in range(3):
            for program in (souk, tig, htop):
                program.take_keys(KEYS // 3)
    # The faster of the two peers for each figure.
    def row(name, unit, value, limit=None):
        peer = min((tig, htop), key=value)
        table.limit(name, unit, value(souk), peer.name, value(peer), limit)

    row("souk: first paint, from its cache", "ms", lambda p: figures.median(p.paints), 30)
    row("souk: key to paint, median", "ms", lambda p: figures.median(p.answers), 2)
    row("souk: key to paint, p95", "ms", lambda p: figures.percentile(p.answers, 0.95), 5)
    row("souk: bytes per key", "B", lambda p: figures.median(p.lengths), 1500)
    row("souk: thirty keys at once", "ms", lambda p: figures.median(p.bursts))
    row("souk: memory", "MB RSS", lambda p: figures.median([rss for rss, _ in p.resident]))


def _souk(bench):
    """souk over the demo market, after a run that has filled its cache."""
    _, port = start.demo_market(bench)
    address = f"http://127.0.0.1:{port}"
    with urllib.request.urlopen(f"{address}/api/v1/products?limit=1") as answer:
        title = json.load(answer)["items"][0]["title"]
    folder = bench.folder / "souk"
    folder.mkdir()
    # The title's beginning, without spaces: what ncurses skips, it does not write.
    souk = Program("souk", [bench.binary("souk")], folder, shows=title.replace(" ", "")[:12],
                   environment={"SOUK_SERVER": address, "HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache"),
                                "XDG_STATE_HOME": str(folder / "state")})
    with souk.open() as session:
        session.first_paint(shows=souk.shows)
        session.settle(1, 5)
    return souk


def _tig(bench):
    """tig over a repository of four hundred small commits."""
    folder = bench.folder / "tig"
    folder.mkdir()
    bench.run(["git", "init", "-q", folder])
    stream = "".join(
        f"commit refs/heads/work\nmark :{number}\ncommitter Bench <bench@localhost> {1_700_000_000 + 3600 * number} +0000\n"
        f"data <<END\nchange number {number} of the things on the list\nEND\n"
        f"M 644 inline file-{number % 7}\ndata <<END\nline {number}\nEND\n\n" for number in range(1, 401))
    bench.run(["git", "-C", folder, "fast-import", "--quiet"], input=stream)
    bench.run(["git", "-C", folder, "symbolic-ref", "HEAD", "refs/heads/work"])
    return Program("tig", [programs.find("tig")], folder,
                   environment={"HOME": str(folder), "TIGRC_USER": "/dev/null", "XDG_DATA_HOME": str(folder)})


def _htop(bench):
    """htop with the longest time between its own updates, which are no answers to keys."""
    folder = bench.folder / "htop"
    folder.mkdir()
    return Program("htop", [programs.find("htop"), "-d", "100"], folder, keys=(b"\x1b[B", b"\x1b[A"),
                   environment={"HTOPRC": str(folder / "htoprc"), "HOME": str(folder)})
