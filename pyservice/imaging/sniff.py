"""Which format bytes are, by their content: names and declared types are a stranger's word."""

from __future__ import annotations

from pyservice.errors import BrokenImage, UnsupportedFormat
from pyservice.imaging.facts import InputFormat

_SIGNATURES: tuple[tuple[bytes, InputFormat], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
)
_AVIF_BRANDS = {b"avif", b"avis"}
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
_GENERIC_BRANDS = {b"mif1", b"msf1"}
_CANON_RAW_MARK = b"CR"


def sniff(data: bytes) -> InputFormat:
    """The format of these bytes. Raises BrokenImage for none, UnsupportedFormat for another kind of file."""
    if not data:
        raise BrokenImage("Expected a picture, received 0 bytes")
    found = _by_signature(data) or _webp(data) or _iso_media(data)
    if found is None:
        raise UnsupportedFormat(
            "Expected a JPEG, PNG, WebP, AVIF, HEIC, TIFF, BMP or GIF picture, "
            f"received a file that starts with {data[:8].hex(' ')}"
        )
    return found


def _by_signature(data: bytes) -> InputFormat | None:
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return None if name == "tiff" and data[8:10] == _CANON_RAW_MARK else name
    return None


def _webp(data: bytes) -> InputFormat | None:
    return "webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else None


def _iso_media(data: bytes) -> InputFormat | None:
    if data[4:8] != b"ftyp":
        return None
    end = min(int.from_bytes(data[:4], "big"), 1024)
    major, compatible = data[8:12], {data[at : at + 4] for at in range(16, end, 4)}
    if major in _AVIF_BRANDS or (major in _GENERIC_BRANDS and compatible & _AVIF_BRANDS):
        return "avif"
    if major in _HEIF_BRANDS or major in _GENERIC_BRANDS:
        return "heif"
    return None
