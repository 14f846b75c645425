"""Bytes that make a file larger and that every decoder is told by its format to skip."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

from pyservice.imaging.output import OutputFormat

_MAX_COMMENT = 65_533
_COMMENT = b"\xff\xfe"
_FIRST_APP, _LAST_APP = 0xE0, 0xEF


def pad(encoded: bytes, name: OutputFormat, missing_bytes: int) -> bytes:
    """The same picture in at least missing_bytes more, and at most a few more than that.

    JPEG: comment segments behind the APP segments. PNG: one ancillary private chunk (`viPd`) before the
    pixels' end. WebP: one unknown RIFF chunk at the end. AVIF: one `free` box at the end.
    """
    padders: dict[OutputFormat, Callable[[bytes, int], bytes]] = {
        "jpeg": _pad_jpeg,
        "png": _pad_png,
        "webp": _pad_webp,
        "avif": _pad_avif,
    }
    return padders[name](encoded, missing_bytes)


def _pad_jpeg(encoded: bytes, missing: int) -> bytes:
    at = 2
    while encoded[at] == 0xFF and _FIRST_APP <= encoded[at + 1] <= _LAST_APP:
        at += 2 + int.from_bytes(encoded[at + 2 : at + 4], "big")
    comments = []
    while missing > 0:
        length = max(0, min(_MAX_COMMENT, missing - 4))
        comments.append(_COMMENT + struct.pack(">H", length + 2) + bytes(length))
        missing -= length + 4
    return encoded[:at] + b"".join(comments) + encoded[at:]


def _pad_png(encoded: bytes, missing: int) -> bytes:
    body = b"viPd" + bytes(max(0, missing - 12))
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    end = len(encoded) - 12
    return encoded[:end] + chunk + encoded[end:]


def _pad_webp(encoded: bytes, missing: int) -> bytes:
    length = max(0, missing - 8)
    length += length % 2
    grown = encoded + b"VIPD" + struct.pack("<I", length) + bytes(length)
    return grown[:4] + struct.pack("<I", len(grown) - 8) + grown[8:]


def _pad_avif(encoded: bytes, missing: int) -> bytes:
    size = max(8, missing)
    return encoded + struct.pack(">I", size) + b"free" + bytes(size - 8)
