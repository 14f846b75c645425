"""Sizes and frame counts that containers declare, read before a decoder is let near them.

Every function takes untrusted bytes, reads past no end and allocates nothing that a header asks for.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from pyservice.errors import BrokenImage
from pyservice.imaging.facts import InputFormat


@dataclass(frozen=True, slots=True)
class Layout:
    """Canvas in px as stored, number of frames (counted no further than asked), bits per channel."""

    width: int
    height: int
    frames: int = 1
    bits: int = 8


def read_layout(data: bytes, name: InputFormat, max_frames: int) -> Layout | None:
    """The layout of a PNG, GIF, WebP or TIFF (0×0 where only frames are known); None for other formats.

    Counting stops at max_frames + 1. Raises BrokenImage.
    """
    reader = {"png": _png, "gif": _gif, "webp": _webp, "tiff": _tiff}.get(name)
    if reader is None:
        return None
    try:
        return reader(data, max_frames)
    except (struct.error, IndexError):
        raise BrokenImage(f"Expected a whole {name} header, received {len(data)} bytes") from None


def png_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Each whole chunk of a PNG as (type, start of the chunk, end after its checksum)."""
    at = 8
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        end = at + 12 + length
        if end > len(data):
            return
        yield data[at + 4 : at + 8], at, end
        at = end


def _png(data: bytes, max_frames: int) -> Layout:
    if data[12:16] != b"IHDR":
        raise BrokenImage("Expected a PNG that starts with IHDR")
    width, height, bits = struct.unpack_from(">IIB", data, 16)
    frames = 1
    for kind, start, _ in png_chunks(data):
        if kind == b"acTL":
            (frames,) = struct.unpack_from(">I", data, start + 8)
        if kind == b"IDAT":
            break
    return Layout(width, height, max(1, min(frames, max_frames + 1)), bits)


def _gif(data: bytes, max_frames: int) -> Layout:
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    at, frames = 13 + _gif_palette_bytes(flags), 0
    while at < len(data) and frames <= max_frames:
        if data[at] == 0x2C:
            frames += 1
            flags = data[at + 9] if at + 9 < len(data) else 0
            at = _after_sub_blocks(data, at + 11 + _gif_palette_bytes(flags))
        elif data[at] == 0x21:
            at = _after_sub_blocks(data, at + 2)
        elif data[at] == 0x3B:
            break
        else:
            at += 1
    return Layout(width, height, max(1, frames))


def _gif_palette_bytes(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after_sub_blocks(data: bytes, at: int) -> int:
    while at < len(data) and data[at]:
        at += data[at] + 1
    return at + 1


def _webp(data: bytes, max_frames: int) -> Layout:
    kind = data[12:16]
    if kind == b"VP8X":
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
        return Layout(width, height, max(1, _webp_frames(data, max_frames)))
    if kind == b"VP8L":
        (packed,) = struct.unpack_from("<I", data, 21)
        return Layout((packed & 0x3FFF) + 1, ((packed >> 14) & 0x3FFF) + 1)
    width, height = struct.unpack_from("<HH", data, 26)
    return Layout(width & 0x3FFF, height & 0x3FFF)


def _webp_frames(data: bytes, max_frames: int) -> int:
    at, frames = 12, 0
    while at + 8 <= len(data) and frames <= max_frames:
        frames += data[at : at + 4] == b"ANMF"
        (length,) = struct.unpack_from("<I", data, at + 4)
        at += 8 + length + length % 2
    return frames


def _tiff(data: bytes, max_frames: int) -> Layout:
    order = "<" if data[:2] == b"II" else ">"
    big = 43 in data[2:4]
    count_format, offset_format, entry_bytes = ("Q", "Q", 20) if big else ("H", "I", 12)
    (at,) = struct.unpack_from(order + offset_format, data, 8 if big else 4)
    frames, seen = 0, set[int]()
    while at and at not in seen and at < len(data) and frames <= max_frames:
        seen.add(at)
        frames += 1
        (entries,) = struct.unpack_from(order + count_format, data, at)
        after = at + struct.calcsize(count_format) + entries * entry_bytes
        if after + struct.calcsize(offset_format) > len(data):
            break
        (at,) = struct.unpack_from(order + offset_format, data, after)
    return Layout(0, 0, max(1, frames))
