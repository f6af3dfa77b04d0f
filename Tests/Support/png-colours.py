#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a PNG of eight bits a channel to its last pixel; prints its width, its height and how many colours are in it."""
import struct
import sys
import zlib


def chunks(data):
    assert data[:8] == b"\x89PNG\r\n\x1a\n", "no PNG"
    place = 8
    while place < len(data):
        size, name = struct.unpack(">I4s", data[place:place + 8])
        body = data[place + 8:place + 8 + size]
        checksum, = struct.unpack(">I", data[place + 8 + size:place + 12 + size])
        assert zlib.crc32(name + body) == checksum, f"{name} is damaged"
        yield name, body
        place += 12 + size


def predicted(kind, left, up, corner):
    if kind == 4:  # Paeth
        guess = left + up - corner
        return min((left, up, corner), key=lambda value: abs(guess - value))
    return (0, left, up, (left + up) // 2)[kind]


parts = list(chunks(open(sys.argv[1], "rb").read()))
width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", dict(parts)[b"IHDR"])
assert depth == 8 and kind in (2, 6) and not interlaced, "not a picture of this kind"
channels = 3 if kind == 2 else 4
raw = zlib.decompress(b"".join(body for name, body in parts if name == b"IDAT"))
stride = width * channels
assert len(raw) == height * (stride + 1), "the picture is not whole"
above = bytearray(stride)
colours = set()
for line in range(height):
    start = line * (stride + 1)
    method, row = raw[start], bytearray(raw[start + 1:start + 1 + stride])
    for index in range(stride) if method else ():
        left = row[index - channels] if index >= channels else 0
        corner = above[index - channels] if index >= channels else 0
        row[index] = (row[index] + predicted(method, left, above[index], corner)) & 255
    colours.update(bytes(row[index:index + 3]) for index in range(0, stride, channels))
    above = row
print(width, height, len(colours))
