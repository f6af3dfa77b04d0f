# SPDX-License-Identifier: GPL-3.0-or-later
"""A terminal's glass: takes the bytes of a program and knows what text and which pictures are to be seen.

It knows what ncurses writes for xterm-256color, and the three ways of sending pixels. Text wipes sixel and inline
pictures away, cell by cell; kitty's stay until they are deleted."""
import base64
import re
import unicodedata

CELL = (8, 16)
PLACEHOLDER = "\U0010eeee"
TOKEN = re.compile(
    rb"\x1bPtmux;((?:[^\x1b]|\x1b\x1b)*)\x1b\\|\x1b\[([?>=<]?)([0-9;:]*)[ -/]*([@-~])|\x1b([P_\]])((?:[^\x07\x1b]|\x1b(?!\\))*)(?:\x07|\x1b\\)|\x1b[ -/]+[0-~]"
    rb"|\x1b([0-OQ-Z\\`-~])|([\x00-\x1a\x1c-\x1f])|((?:[\x20-\x7e]|[\xc2-\xf4][\x80-\xbf]+)+)")
UNFINISHED = re.compile(rb"\x1bPtmux;(?:[^\x1b]|\x1b\x1b)*\x1b?$|\x1b(?:\[[?>=<]?[0-9;:]*[ -/]*|[P_\]](?:[^\x07\x1b]|\x1b(?!\\))*\x1b?|[ -/]*)?$|[\xc2-\xf4][\x80-\xbf]*$")


class Glass:
    def __init__(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.x = self.y = 0
        self.saved, self.pending, self.last, self.ink = (0, 0, None), b"", " ", None
        self.files, self.waiting, self.sent, self.faults = {}, {}, 0, []
        self.margins = (0, rows - 1)
        self.is_in_frame = False
        self.clear()

    def clear(self):
        self.cells = [[" "] * self.columns for _ in range(self.rows)]
        self.inks = [[None] * self.columns for _ in range(self.rows)]
        self.pictures = []

    def resize(self, columns, rows):
        self.columns, self.rows, self.margins = columns, rows, (0, rows - 1)
        self.clear()

    # What is to be seen

    def seen(self):
        """The pictures on the glass, in words."""
        words = ["%s %d,%d %dx%d%s" % (p["kind"], p["x"], p["y"], p["w"], p["h"],
                                      " torn" if p["gone"] or p.get("scrolled") else "")
                 for p in self.pictures if len(p["gone"]) < p["w"] * p["h"]]
        for ink in sorted({ink for row in self.inks for ink in row if ink and ink >= 16}):
            places = [(x, y) for y in range(self.rows) for x in range(self.columns)
                      if self.inks[y][x] == ink and self.cells[y][x].startswith(PLACEHOLDER)]
            if places:
                words.append(self._placeholders(ink, places))
        # Not those that a QR code is made of.
        if sum("\u2581" <= cell[:1] <= "\u259f" and cell not in "▄█" for row in self.cells for cell in row) > 20:
            words.append("symbols")
        return ", ".join(words) or "nothing"

    def _placeholders(self, ink, places):
        x0, y0 = min(x for x, _ in places), min(y for _, y in places)
        w, h = max(x for x, _ in places) - x0 + 1, max(y for _, y in places) - y0 + 1
        marks = {}
        for x, y in places:
            row, column = (self.cells[y][x] + "??")[1:3]
            marks.setdefault(("row", y - y0), set()).add(row)
            marks.setdefault(("column", x - x0), set()).add(column)
        whole = len(places) == w * h and all(len(found) == 1 and "?" not in found for found in marks.values())
        known = self.files.get(ink, {}).get("virtual") == (w, h)
        return "cells %d,%d %dx%d%s" % (x0, y0, w, h, "" if whole and known else " torn")

    def text(self):
        return "\n".join("".join(row).rstrip() for row in self.cells)

    # Bytes

    def feed(self, data):
        data = self.pending + data
        at = 0
        while at < len(data):
            found = TOKEN.match(data, at)
            if not found or (found.end() == len(data) and UNFINISHED.search(data, at)):
                if UNFINISHED.match(data, at) or found:
                    break
                self.faults.append("unknown bytes %r" % data[at:at + 12])
                at += 1
                continue
            self._take(found)
            at = found.end()
        self.pending = data[at:]

    def _take(self, found):
        inner, marker, numbers, final, string, body, single, control, text = found.groups()
        if inner is not None:
            self._take_inner(inner.replace(b"\x1b\x1b", b"\x1b"))
        elif final:
            values = [int(v) if v else 0 for v in re.split(rb"[;:]", numbers)] if numbers else []
            self._control(marker, values, final.decode())
        elif string == b"_":
            self._kitty(body)
        elif string == b"P":
            if re.match(rb"[0-9;]*q", body):
                self._sixel(body)
        elif string == b"]":
            if body.startswith(b"1337;File="):
                self._inline(body)
        elif single == b"7":
            self.saved = (self.x, self.y, self.ink)
        elif single == b"8":
            self.x, self.y, self.ink = self.saved
        elif single in (b"M", b"D"):
            edge, step = (self.margins[0], -1) if single == b"M" else (self.margins[1], 1)
            if self.y == edge:
                self._scroll(self.margins[0], step)
            else:
                self.y += step
        elif control == b"\r":
            self.x = 0
        elif control == b"\n":
            if self.y == self.margins[1]:
                self._scroll(self.margins[0], 1)
            self.y = min(self.rows - 1, self.y + 1)
        elif control == b"\b":
            self.x = max(0, self.x - 1)
        elif control == b"\t":
            self.x = min(self.columns - 1, self.x // 8 * 8 + 8)
        elif text:
            for character in text.decode("utf-8", "replace"):
                self._put(character)

    def _take_inner(self, data):
        """What a multiplexer passes through: pictures and one question."""
        if data.startswith(b"\x1b_G") and data.endswith(b"\x1b\\"):
            self._kitty(data[2:-2])
        elif data != b"\x1b[>0q":
            self.faults.append("passed through: %r" % data[:20])

    def _control(self, marker, values, final):
        first = values[0] if values and values[0] else 1
        if marker == b"?":
            if 2026 in values:
                self.is_in_frame = final == "h"
            if 1049 in values:
                self.clear()
            return
        if marker:
            return
        if final == "H":
            self.y = min(self.rows, first) - 1
            self.x = min(self.columns, values[1] if len(values) > 1 and values[1] else 1) - 1
        elif final in "ABCDGd":
            dx, dy = {"A": (0, -first), "B": (0, first), "C": (first, 0), "D": (-first, 0)}.get(final, (0, 0))
            self.x, self.y = self.x + dx, self.y + dy
            if final == "G":
                self.x = first - 1
            if final == "d":
                self.y = first - 1
            self.x, self.y = max(0, min(self.columns - 1, self.x)), max(0, min(self.rows - 1, self.y))
        elif final == "J":
            for y in range(self.y, self.rows):
                self._wipe(y, self.x if y == self.y else 0, self.columns)
        elif final == "K":
            kind = values[0] if values else 0
            self._wipe(self.y, 0 if kind else self.x, self.columns if kind != 1 else self.x + 1)
        elif final == "X":
            self._wipe(self.y, self.x, min(self.columns, self.x + first))
        elif final == "b":
            for _ in range(first):
                self._put(self.last)
        elif final == "r":
            self.margins = (values + [1, self.rows])[0] - 1, (values + [1, self.rows])[1] - 1
            self.x = self.y = 0
        elif final in "ST":
            self._scroll(self.margins[0], first if final == "S" else -first)
        elif final in "LM":
            self._scroll(self.y, first if final == "M" else -first)
        elif final in "@P":
            self._shift(first if final == "@" else -first)
        elif final == "m":
            self._look(values or [0])

    def _look(self, values):
        at = 0
        while at < len(values):
            if values[at] == 38 and values[at + 1:at + 2] == [5]:
                self.ink = values[at + 2]
                at += 2
            elif values[at] == 48 and values[at + 1:at + 2] == [5]:
                at += 2
            elif values[at] in (0, 39) or 30 <= values[at] <= 37:
                self.ink = None
            at += 1

    def _put(self, character):
        if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Cf"):
            self.cells[self.y][max(0, self.x - 1)] += character
            return
        width = 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for x in range(self.x, min(self.columns, self.x + width)):
            self.cells[self.y][x] = character if x == self.x else ""
            self.inks[self.y][x] = self.ink
            self._wipe_pixels(x, self.y)
        self.last = character
        self.x = min(self.columns - 1, self.x + width)

    def _wipe(self, y, start, end):
        for x in range(start, end):
            self.cells[y][x], self.inks[y][x] = " ", None
            self._wipe_pixels(x, y)

    def _wipe_pixels(self, x, y):
        for p in self.pictures:
            if p["kind"] != "kitty" and p["x"] <= x < p["x"] + p["w"] and p["y"] <= y < p["y"] + p["h"]:
                p["gone"].add((x, y))
        self.pictures = [p for p in self.pictures if len(p["gone"]) < p["w"] * p["h"]]

    def _shift(self, count):
        if any(p["y"] <= self.y < p["y"] + p["h"] and self.x < p["x"] + p["w"] for p in self.pictures):
            self.faults.append("pixels were shifted")
        for grid, blank in ((self.cells, " "), (self.inks, None)):
            row = grid[self.y]
            rest = [blank] * count + row[self.x:] if count > 0 else row[self.x - count:] + [blank] * -count
            grid[self.y] = (row[:self.x] + rest)[:self.columns]

    def _scroll(self, top, count):
        """Moves the lines between top and the lower margin up, or down when the count is negative, with their pixels."""
        bottom = self.margins[1] + 1
        for grid, blank in ((self.cells, " "), (self.inks, None)):
            new = [[blank] * self.columns for _ in range(min(abs(count), bottom - top))]
            lines = grid[top:bottom]
            grid[top:bottom] = lines[count:] + new if count > 0 else new + lines[:count]
        for p in self.pictures:
            if top < p["y"] + p["h"] and p["y"] < bottom:
                p["scrolled"] = True

    # Pictures

    def _show(self, kind, w, h, **more):
        if not self.is_in_frame:
            self.faults.append("a picture outside of a frame")
        if self.x + w > self.columns or self.y + h > self.rows:
            self.faults.append("a picture over the edge")
        if kind != "kitty":
            for x in range(self.x, self.x + w):
                for y in range(self.y, self.y + h):
                    self._wipe_pixels(x, y)
        self.pictures.append(dict(kind=kind, x=self.x, y=self.y, w=w, h=h, gone=set(), **more))

    def _sixel(self, body):
        size = re.match(rb'[0-9;]*q"1;1;(\d+);(\d+)', body)
        w, h = int(size.group(1)), int(size.group(2))
        self.sent += 1
        self._show("sixel", -(-w // CELL[0]), -(-h // CELL[1]))

    def _inline(self, body):
        head, data = body[len(b"1337;File="):].split(b":", 1)
        keys = dict(part.split(b"=", 1) for part in head.split(b";"))
        file = base64.b64decode(data)
        if len(file) != int(keys[b"size"]) or not file.startswith(b"\x89PNG"):
            self.faults.append("a file that is no picture")
        self.sent += 1
        self._show("inline", int(keys[b"width"]), int(keys[b"height"]))

    def _kitty(self, body):
        head, _, data = body[1:].partition(b";")
        keys = dict(part.split(b"=", 1) for part in head.split(b","))
        action, number = keys.get(b"a"), int(keys.get(b"i", b"0"))
        if action == b"q":
            return
        if action == b"d":
            self._delete(keys[b"d"], number)
        elif action == b"p":
            size = int(keys[b"c"]), int(keys[b"r"])
            if number not in self.files:
                self.faults.append("an unknown picture is placed")
            elif b"U" in keys:
                self.files[number]["virtual"] = size
            else:
                self._show("kitty", *size, number=number)
        else:
            self._receive(number, keys, data)

    def _receive(self, number, keys, data):
        if keys.get(b"a") == b"t":
            self.waiting = dict(number=number, data=b"")
        self.waiting["data"] += data
        if keys[b"m"] == b"0":
            if not base64.b64decode(self.waiting["data"]).startswith(b"\x89PNG"):
                self.faults.append("a file that is no picture")
            self.files[self.waiting["number"]] = {}
            self.sent += 1

    def _delete(self, what, number):
        everything = what in b"aA"
        self.pictures = [p for p in self.pictures if p["kind"] == "kitty" and not everything and p["number"] != number
                         or p["kind"] != "kitty"]
        if what == b"A":
            self.files = {}
        if what == b"I":
            self.files.pop(number, None)
