"""The quality at which a file fits between min_bytes and max_bytes."""

from __future__ import annotations

from collections.abc import Callable

from pyservice.errors import ByteBand
from pyservice.imaging.output import OutputSpec
from pyservice.imaging.padding import pad

QUALITY_FLOOR = 20
_BEST = 100

EncodeAt = Callable[[int], bytes]


def fit_band(encode_at: EncodeAt, spec: OutputSpec, *, lossless: bool) -> bytes:
    """The file of the wished quality, or the nearest quality that fits the band; at most nine encodings.

    A file too small at quality 100 is padded with bytes that decoders skip. Raises ByteBand.
    """
    encoded = encode_at(spec.quality)
    if spec.max_bytes is not None and len(encoded) > spec.max_bytes:
        return _largest_that_fits(encode_at, spec, len(encoded), lossless)
    if spec.min_bytes is not None and len(encoded) < spec.min_bytes:
        return _raised(encode_at, spec, encoded, lossless)
    return encoded


def _largest_that_fits(encode_at: EncodeAt, spec: OutputSpec, tried_bytes: int, lossless: bool) -> bytes:
    low, high = (1, 1) if lossless else (min(QUALITY_FLOOR, spec.quality), spec.quality)
    best: bytes | None = None
    limit = spec.max_bytes or tried_bytes
    floor = encode_at(low) if low < high else b""
    if not floor or len(floor) > limit:
        raise ByteBand(
            f"Expected a {spec.format} of at most {limit:,} bytes, received {len(floor) or tried_bytes:,} "
            + ("without loss" if lossless else f"at quality {low}")
        )
    best, low = floor, low + 1
    while low < high:
        middle = (low + high) // 2
        candidate = encode_at(middle)
        if len(candidate) <= limit:
            best, low = candidate, middle + 1
        else:
            high = middle
    return _padded(best, spec)


def _raised(encode_at: EncodeAt, spec: OutputSpec, encoded: bytes, lossless: bool) -> bytes:
    """The lowest quality that reaches min_bytes, held below max_bytes; padded where none does."""
    low, high, best = spec.quality, _BEST + 1, encoded
    while not lossless and low + 1 < high:
        middle = (low + high) // 2
        candidate = encode_at(middle)
        if spec.max_bytes is not None and len(candidate) > spec.max_bytes:
            high = middle
        elif len(candidate) >= (spec.min_bytes or 0):
            best, high = candidate, middle
        else:
            low = middle
            best = max(best, candidate, key=len) if len(best) < (spec.min_bytes or 0) else best
    return _padded(best, spec)


def _padded(encoded: bytes, spec: OutputSpec) -> bytes:
    missing = (spec.min_bytes or 0) - len(encoded)
    if missing <= 0:
        return encoded
    padded = pad(encoded, spec.format, missing)
    if spec.max_bytes is not None and len(padded) > spec.max_bytes:
        raise ByteBand(
            f"Expected a {spec.format} of {spec.min_bytes:,} to {spec.max_bytes:,} bytes, "
            f"received {len(encoded):,} or {len(padded):,}"
        )
    return padded
