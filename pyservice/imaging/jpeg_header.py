"""What a JPEG's markers say: size, scans, tables, metadata; no pixel is touched (ITU T.81)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from pyservice.errors import BrokenImage

_SOI, _EOI, _SOS, _DQT, _APP1, _APP2 = 0xD8, 0xD9, 0xDA, 0xDB, 0xE1, 0xE2
_FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC9, 0xCA, 0xCB}
_PROGRESSIVE = {0xC2, 0xCA}
_STANDALONE = {0x00, 0x01, 0xFF, _SOI, *range(0xD0, 0xD8)}
# In coded data FF is followed by 00, by a restart marker, or by the next real marker.
_NEXT_MARKER = re.compile(rb"\xff+[^\x00\x01\xd0-\xd7\xff]", re.DOTALL)

_STANDARD_LUMINANCE = (
    *(16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40),
    *(26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61, 60, 57, 51),
    *(56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87),
    *(95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99),
)


@dataclass(slots=True)
class JpegHeader:
    """A JPEG's frame and metadata. exif is TIFF bytes, xmp XML, icc a whole profile; None where absent."""

    width: int = 0
    height: int = 0
    components: int = 0
    bits: int = 8
    progressive: bool = False
    scans: int = 0
    interleaved: bool = True
    luminance_sum: int | None = None
    exif: bytes | None = None
    xmp: bytes | None = None
    icc_parts: dict[int, bytes] = field(default_factory=dict)

    @property
    def icc(self) -> bytes | None:
        return b"".join(part for _, part in sorted(self.icc_parts.items())) or None

    @property
    def quality(self) -> int | None:
        """The libjpeg quality whose luminance table is nearest."""
        if not self.luminance_sum:
            return None
        return min(range(1, 101), key=lambda quality: abs(_luminance_sum(quality) - (self.luminance_sum or 0)))


@cache
def _luminance_sum(quality: int) -> int:
    scale = 5000 // quality if quality < 50 else 200 - 2 * quality
    return sum(min(255, max(1, (value * scale + 50) // 100)) for value in _STANDARD_LUMINANCE)


def read_jpeg_header(data: bytes, max_scans: int) -> JpegHeader:
    """Read every marker, counting up to max_scans + 1 scans. Raises BrokenImage without frame or scan."""
    header = JpegHeader()
    for marker, body in _segments(data):
        if marker == _SOS:
            _read_scan(header, body)
            if header.scans > max_scans or not _comes_in_scans(header):
                break
        else:
            _read_segment(header, marker, body)
    if not header.components or not header.scans:
        raise BrokenImage("Expected a JPEG with a frame and a scan, received one that ends before its pixels")
    return header


def _comes_in_scans(header: JpegHeader) -> bool:
    return header.progressive or not header.interleaved


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 2
    while found := _NEXT_MARKER.search(data, at):
        marker, at = data[found.end() - 1], found.end()
        if marker == _EOI:
            return
        if marker in _STANDALONE:
            continue
        length = int.from_bytes(data[at : at + 2], "big")
        if length < 2 or at + length > len(data):
            return
        yield marker, data[at + 2 : at + length]
        at += length


def _read_scan(header: JpegHeader, body: bytes) -> None:
    header.scans += 1
    if header.scans == 1 and body:
        header.interleaved = body[0] >= header.components


def _read_segment(header: JpegHeader, marker: int, body: bytes) -> None:
    if marker in _FRAMES and len(body) >= 6 and not header.components:
        header.bits, header.components = body[0], body[5]
        header.height, header.width = int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big")
        header.progressive = marker in _PROGRESSIVE
    elif marker == _DQT and header.luminance_sum is None:
        header.luminance_sum = _first_table_sum(body)
    elif marker == _APP1 and body.startswith(b"Exif\0") and header.exif is None:
        header.exif = body[6:]
    elif marker == _APP1 and body.startswith(b"http://ns.adobe.com/xap/1.0/\0"):
        header.xmp = body[29:]
    elif marker == _APP2 and body.startswith(b"ICC_PROFILE\0") and len(body) > 14:
        header.icc_parts[body[12]] = body[14:]


def _first_table_sum(body: bytes) -> int | None:
    if len(body) < 65:
        return None
    if body[0] >> 4:
        return sum(int.from_bytes(body[at : at + 2], "big") for at in range(1, min(129, len(body) - 1), 2))
    return sum(body[1:65])
