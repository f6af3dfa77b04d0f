# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures beside their peers, and the table of them."""

import dataclasses
import statistics
import sys


def median(values):
    return statistics.median(values)


def percentile(values, part):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def short(value):
    """Three significant digits, thousands grouped."""
    if value is None:
        return "–"
    if abs(value) >= 1000:
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


@dataclasses.dataclass
class Figure:
    name: str
    unit: str
    ours: float
    peer_name: str = ""
    peer: float | None = None
    ratio: float | None = None
    target: str = ""
    is_met: bool | None = None

    @property
    def mark(self):
        return "" if self.is_met is None else "pass" if self.is_met else "**miss**"


class Table:
    def __init__(self):
        self.figures = []

    def rate(self, name, unit, ours, peer_name, peer, at_least=None):
        """Paired rounds where more is better; the target is on ours ÷ peer."""
        ratio = median([a / b for a, b in zip(ours, peer)])
        self._add(Figure(
            name, unit, median(ours), peer_name, median(peer), ratio,
            f"≥ {at_least} × peer" if at_least else "", None if at_least is None else ratio >= at_least))

    def times(self, name, unit, ours, peer_name, peer, ratios, at_least=None):
        """Times of one work done twice; the target is on how many times faster ours is."""
        ratio = median(ratios)
        self._add(Figure(
            name, unit, ours, peer_name, peer, ratio,
            f"≥ {at_least} × faster" if at_least else "", None if at_least is None else ratio >= at_least))

    def limit(self, name, unit, ours, peer_name="", peer=None, at_most=None, at_most_ratio=None):
        """A time or a size where less is better, with a limit of its own or against its peer."""
        ratio = ours / peer if peer else None
        target = f"≤ {short(at_most)} {unit}" if at_most is not None else ""
        is_met = None if at_most is None else ours <= at_most
        if at_most_ratio is not None and ratio is not None:
            target, is_met = f"≤ {at_most_ratio} × peer", ratio <= at_most_ratio
        self._add(Figure(name, unit, ours, peer_name, peer, ratio, target, is_met))

    def _add(self, figure):
        self.figures.append(figure)
        print("  " + self._line(figure), file=sys.stderr, flush=True)

    def values(self):
        return [dataclasses.asdict(figure) for figure in self.figures]

    @staticmethod
    def _line(f):
        peer = f"{short(f.peer)} ({f.peer_name})" if f.peer is not None else f.peer_name or "–"
        ratio = f"{short(f.ratio)} ×" if f.ratio is not None else "–"
        return f"| {f.name} | {short(f.ours)} {f.unit} | {peer} | {ratio} | {f.target or '–'} | {f.mark or '–'} |"

    def markdown(self, machine, seconds):
        head = ["| Figure | Ours | Peer | Ratio | Target | |", "|---|---|---|---|---|---|"]
        missed = [f.name for f in self.figures if f.is_met is False]
        judged = [f for f in self.figures if f.is_met is not None]
        foot = ["", f"{len(judged) - len(missed)} of {len(judged)} targets met; {seconds:.0f} s; {machine}."]
        return "\n".join(head + [self._line(f) for f in self.figures] + foot)
