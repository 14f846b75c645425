"""The few Exif tags Vitrine looks at or passes on. Places, previews and maker notes are never among them."""

from __future__ import annotations

import math
import unicodedata

from PIL import Image

from pyservice.imaging.opening import DECODER_ERRORS

_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_ORIENTATION = 0x0112
_MAX_TEXT = 200

Value = str | int | float | bool

# tag → name in Facts.exif
_FACT_TAGS = {
    0x010F: "make",
    0x0110: "model",
    0x0131: "software",
    0x013B: "artist",
    0x8298: "copyright",
}
_FACT_EXIF_TAGS = {
    0x9003: "taken_at",
    0x829A: "exposure_s",
    0x829D: "f_number",
    0x8827: "iso",
    0x920A: "focal_length_mm",
    0xA433: "lens_make",
    0xA434: "lens",
}
# Kept besides the facts under the policy `keep`: description, date, resolution-free camera settings.
_KEPT_TAGS = {*_FACT_TAGS, 0x010E, 0x0132}
_KEPT_EXIF_TAGS = {*_FACT_EXIF_TAGS, 0x8822, 0x9004, 0x9010, 0x9011, 0x9204, 0x9207, 0x9209, 0xA403, 0xA405}


def parse_exif(block: bytes | None) -> Image.Exif:
    """Exif from TIFF bytes; empty where they are absent or broken, for metadata never spoils a picture."""
    exif = Image.Exif()
    if block:
        try:
            exif.load(block)
            dict(exif)
        except DECODER_ERRORS:
            return Image.Exif()
    return exif


def orientation_of(exif: Image.Exif) -> int:
    """1…8; anything else means 1."""
    value = exif.get(_ORIENTATION, 1)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def exif_facts(exif: Image.Exif) -> dict[str, Value]:
    """The allow-listed tags by name, plus has_gps."""
    facts: dict[str, Value] = {}
    for ifd, names in ((dict(exif), _FACT_TAGS), (_sub_ifd(exif), _FACT_EXIF_TAGS)):
        for tag, name in names.items():
            value = clean_value(ifd.get(tag))
            if value is not None:
                facts[name] = value
    if facts or _GPS_IFD in exif:
        facts["has_gps"] = _GPS_IFD in exif
    return facts


def rewritten_exif(exif: Image.Exif) -> bytes:
    """A new Exif block that holds nothing but kept tags, sanitised; empty where nothing remains."""
    fresh = Image.Exif()
    for tag in sorted(_KEPT_TAGS & set(exif)):
        _put(fresh, tag, exif.get(tag))
    source = _sub_ifd(exif)
    target: dict[int, object] = {}
    for tag in sorted(_KEPT_EXIF_TAGS & set(source)):
        _put(target, tag, source[tag])
    if target:
        fresh.get_ifd(_EXIF_IFD).update(target)
    return fresh.tobytes() if len(fresh) or target else b""


def minimal_exif(copyright: str | None, artist: str | None) -> bytes:
    """An Exif block with nothing but who made the picture; empty where nobody is named."""
    fresh = Image.Exif()
    if artist:
        fresh[0x013B] = artist.encode()
    if copyright:
        fresh[0x8298] = copyright.encode()
    return fresh.tobytes() if len(fresh) else b""


def clean_value(value: object) -> Value | None:
    """A bounded, printable string or a finite number; None for anything else."""
    if isinstance(value, tuple | list):
        value = value[0] if value else None
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, str):
        return clean_text(_as_utf8(value)) or None
    if isinstance(value, bool | int):
        return value if abs(value) < 2**31 else None
    try:
        number = float(value)  # type: ignore[arg-type]  # IFDRational has __float__ but is no float
    except (TypeError, ValueError, ArithmeticError):
        return None
    return round(number, 6) if math.isfinite(number) else None


def clean_text(text: str) -> str:
    """One line of printable characters: no control, bidi or private ones, at most 200."""
    spaced = " ".join(text.replace("\0", " ").split())
    return "".join(char for char in spaced if unicodedata.category(char)[0] != "C")[:_MAX_TEXT].strip()


def _as_utf8(text: str) -> str:
    """Pillow reads Exif text as Latin-1; most of today's is UTF-8."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _sub_ifd(exif: Image.Exif) -> dict[int, object]:
    try:
        return dict(exif.get_ifd(_EXIF_IFD))
    except DECODER_ERRORS:
        return {}


def _put(target: dict[int, object] | Image.Exif, tag: int, value: object) -> None:
    cleaned = clean_value(value)
    if cleaned is not None:
        target[tag] = cleaned.encode() if isinstance(cleaned, str) else cleaned
