"""ThumbHash: a picture in some 25 bytes, shown while the picture itself is on its way."""

from __future__ import annotations

import base64
import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pyservice.imaging.geometry import resized_within
from pyservice.imaging.picture import Picture

# More pixels than this tell nothing more.
_LARGEST_PX = 100
# What arithmetic leaves of a flat channel; far below the least that the hash can say.
_NOISE = 1e-9

_Channel = NDArray[np.float64]


def thumbhash(picture: Picture) -> str:
    """The hash in base64, as evanw.github.io/thumbhash reads it (after its reference encoder, version 0.1.1)."""
    small = resized_within(picture, _LARGEST_PX)
    return base64.b64encode(hash_of(small)).decode()


def hash_of(picture: Picture) -> bytes:
    """The hash of a picture of at most 100×100 px."""
    width, height, longer_px = picture.width, picture.height, picture.long_side
    light, yellow, red, alpha = _channels(picture)
    clear = bool(alpha.sum() < width * height)
    most = 5 if clear else 7  # fewer terms of light where alpha needs room
    across, down = (max(1, _round(most * side / longer_px)) for side in (width, height))
    terms = [_terms(light, max(3, across), max(3, down)), _terms(yellow, 3, 3), _terms(red, 3, 3)]
    if clear:
        terms.append(_terms(alpha, 5, 5))
    wide = width > height
    constants = _constants(terms, clear=clear) + _shape(terms, down if wide else across, wide=wide)
    if clear:
        constants += bytes([_round(15 * terms[3].mean) | _round(15 * terms[3].scale) << 4])
    return constants + _packed(value for one in terms for value in one.varying)


@dataclass(frozen=True)
class _Terms:
    """A channel's cosine terms: the constant one, and the others from 0 to 1 on a scale of their own."""

    mean: float
    varying: list[float]
    scale: float


def _channels(picture: Picture) -> tuple[_Channel, _Channel, _Channel, _Channel]:
    """Light, yellow against blue, red against green, alpha; laid on the average colour; H×W, about 0…1."""
    alpha = np.ones(picture.rgb.shape[:2]) if picture.alpha is None else picture.alpha / 255
    weighted = picture.rgb / 255 * alpha[..., None]
    average = weighted.sum(axis=(0, 1)) / (alpha.sum() or 1)
    red, green, blue = np.moveaxis(weighted + average * (1 - alpha[..., None]), 2, 0)
    return (red + green + blue) / 3, (red + green) / 2 - blue, red - green, alpha


def _terms(channel: _Channel, across: int, down: int) -> _Terms:
    height, width = channel.shape
    every = _waves(height, down) @ channel @ _waves(width, across).T / (width * height)
    # The upper left triangle: fine detail in both directions at once is left out.
    kept = [float(every[y, x]) for y in range(down) for x in range(across) if x * down < across * (down - y)]
    mean, varying = kept[0], kept[1:]
    scale = max(abs(value) for value in varying)
    if scale < _NOISE:
        return _Terms(mean, [0.0] * len(varying), 0.0)
    return _Terms(mean, [0.5 + 0.5 / scale * value for value in varying], scale)


def _waves(length: int, count: int) -> _Channel:
    places = np.arange(length) + 0.5
    return np.asarray(np.cos(np.pi / length * np.outer(np.arange(count), places)), dtype=np.float64)


def _constants(terms: list[_Terms], *, clear: bool) -> bytes:
    light, yellow, red = terms[:3]
    number = _round(63 * light.mean) | _round(31.5 + 31.5 * yellow.mean) << 6 | _round(31.5 + 31.5 * red.mean) << 12
    return (number | _round(31 * light.scale) << 18 | clear << 23).to_bytes(3, "little")


def _shape(terms: list[_Terms], shorter: int, *, wide: bool) -> bytes:
    _, yellow, red = terms[:3]
    return (shorter | _round(63 * yellow.scale) << 3 | _round(63 * red.scale) << 9 | wide << 15).to_bytes(2, "little")


def _packed(values: Iterable[float]) -> bytes:
    """Two values a byte, four bits each."""
    nibbles = [_round(15 * value) for value in values]
    nibbles += [0] * (len(nibbles) % 2)
    return bytes(low | high << 4 for low, high in zip(nibbles[::2], nibbles[1::2], strict=True))


def _round(value: float) -> int:
    """Halves upwards, as the reference does."""
    return math.floor(value + 0.5)
