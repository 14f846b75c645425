"""Foreground estimation: the colours a product's soft edge would have without the old ground behind it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pyservice.imaging.picture import Plane

_WORKING_PX = 400
# Blur radii of the working copy's long side, wide to narrow: near colours count where there are any.
_RADII = (0.12, 0.03, 0.008)
_ENOUGH = 0.02
_FOLD = 1024
_STRIP_ROWS = 512

_Floats = NDArray[np.float32]


def decontaminated(rgb: Plane, alpha: Plane) -> Plane:
    """Replace the colours of half-transparent pixels by the product's own.

    rgb uint8 H×W×3, alpha uint8 H×W; returns uint8 H×W×3. Only pixels with 0 < alpha < 255 change.
    Source: after Forte, "Approximate Fast Foreground Colour Estimation" (ICIP 2021): spread the colours of each
    layer, then move the product's layer by what the picture differs from the blend. Here only pixels that are
    surely product or surely ground spread their colours, so a wide soft edge passes nothing on.
    """
    if not ((alpha > 0) & (alpha < 255)).any():
        return rgb
    layers = _layers(rgb, alpha)
    result = rgb.copy()
    for top in range(0, alpha.shape[0], _STRIP_ROWS):
        _clean(result, alpha, layers, slice(top, top + _STRIP_ROWS))
    return result


def _clean(result: Plane, alpha: Plane, layers: tuple[_Floats, _Floats], strip: slice) -> None:
    """Clean one strip of rows in place; a whole large picture of soft pixels would take gigabytes."""
    rows, columns = np.nonzero((alpha[strip] > 0) & (alpha[strip] < 255))
    if rows.size == 0:
        return
    rows += strip.start
    observed = result[rows, columns].astype(np.float32)
    share = alpha[rows, columns].astype(np.float32)[:, None] / 255
    ahead, behind = (_sampled(layer, rows, columns, alpha.shape) for layer in layers)
    estimated = ahead + share * (observed - share * ahead - (1 - share) * behind)
    result[rows, columns] = np.clip(np.rint(estimated), 0, 255).astype(np.uint8)


def _layers(rgb: Plane, alpha: Plane) -> tuple[_Floats, _Floats]:
    """Smooth estimates of product and ground; found on a small copy, since both are smooth."""
    height, width = alpha.shape
    factor = min(1.0, _WORKING_PX / max(height, width))
    small = (max(1, round(width * factor)), max(1, round(height * factor)))
    picture = cv2.resize(rgb, small, interpolation=cv2.INTER_AREA).astype(np.float32)
    covered = cv2.resize(alpha, small, interpolation=cv2.INTER_AREA).astype(np.float32)[..., None]
    share = np.asarray(covered / 255, dtype=np.float32)
    foreground = _spread(picture, np.clip(share * 10 - 9, 0, 1) + share * 1e-4)
    background = _spread(picture, np.clip(1 - share * 10, 0, 1) + (1 - share) * 1e-4)
    return foreground, background


def _spread(picture: _Floats, weight: _Floats) -> _Floats:
    """The colours of the weighted pixels, carried to where there are none: the nearest that are enough win."""
    spread = picture
    for radius in _RADII:
        side = 2 * max(1, round(radius * max(picture.shape[:2]))) + 1
        total = cv2.blur(weight, (side, side))[..., None]
        local = cv2.blur(picture * weight, (side, side)) / (total + 1e-9)
        trust = np.clip(total / _ENOUGH, 0, 1)
        spread = np.asarray(local * trust + spread * (1 - trust), dtype=np.float32)
    return spread


def _sampled(layer: _Floats, rows: NDArray[np.int64], columns: NDArray[np.int64], shape: tuple[int, ...]) -> _Floats:
    """The layer's colours (N×3) at pixels of a picture of this shape; enlarging it whole would take gigabytes."""
    down, across = layer.shape[0] / shape[0], layer.shape[1] / shape[1]
    # cv2.remap takes maps of at most 32,767 in a direction: fold the long list of pixels.
    folded = -(-rows.size // _FOLD) * _FOLD
    y = np.resize((rows + 0.5) * down - 0.5, folded).astype(np.float32).reshape(-1, _FOLD)
    x = np.resize((columns + 0.5) * across - 0.5, folded).astype(np.float32).reshape(-1, _FOLD)
    colours = cv2.remap(layer, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(colours.reshape(-1, 3)[: rows.size], dtype=np.float32)
