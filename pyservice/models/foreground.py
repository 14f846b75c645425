"""Foreground estimation: the colours a product's soft edge would have without the old ground behind it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pyservice.imaging.picture import Plane

_WORKING_PX = 1600
_RADII = (0.03, 0.006)


def decontaminated(rgb: Plane, alpha: Plane) -> Plane:
    """Replace the colours of half-transparent pixels by the product's own.

    rgb uint8 H×W×3, alpha uint8 H×W; returns uint8 H×W×3. Only pixels with 0 < alpha < 255 change.
    Source: Forte, "Approximate Fast Foreground Colour Estimation" (ICIP 2021): blur both layers by their
    alpha, then move the product's layer by what the picture differs from the blend; coarse, then fine.
    """
    soft = (alpha > 0) & (alpha < 255)
    if not soft.any():
        return rgb
    foreground, background = _layers(rgb, alpha)
    observed = rgb[soft].astype(np.float32)
    share = alpha[soft].astype(np.float32)[:, None] / 255
    ahead, behind = foreground[soft], background[soft]
    estimated = ahead + share * (observed - share * ahead - (1 - share) * behind)
    result = rgb.copy()
    result[soft] = np.clip(np.rint(estimated), 0, 255).astype(np.uint8)
    return result


def _layers(rgb: Plane, alpha: Plane) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Smooth estimates of product and ground; found on a small copy, since both are smooth."""
    height, width = alpha.shape
    factor = min(1.0, _WORKING_PX / max(height, width))
    small = (max(1, round(width * factor)), max(1, round(height * factor)))
    picture = cv2.resize(rgb, small, interpolation=cv2.INTER_AREA).astype(np.float32)
    covered = cv2.resize(alpha, small, interpolation=cv2.INTER_AREA).astype(np.float32)[..., None]
    share = np.asarray(covered / 255, dtype=np.float32)
    foreground = background = picture
    for radius in _RADII:
        size = 2 * max(1, round(radius * max(small))) + 1
        foreground, background = _fused(picture, foreground, background, share, size)
    return _grown(foreground, width, height), _grown(background, width, height)


def _fused(
    picture: NDArray[np.float32],
    foreground: NDArray[np.float32],
    background: NDArray[np.float32],
    share: NDArray[np.float32],
    size: int,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    ahead = _weighted_blur(foreground, share, size)
    behind = _weighted_blur(background, 1 - share, size)
    moved = ahead + share * (picture - share * ahead - (1 - share) * behind)
    return np.clip(moved, 0, 255), behind


def _weighted_blur(layer: NDArray[np.float32], weight: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    total = cv2.blur(weight, (size, size))[..., None]
    return np.asarray(cv2.blur(layer * weight, (size, size)) / (total + 1e-5), dtype=np.float32)


def _grown(layer: NDArray[np.float32], width: int, height: int) -> NDArray[np.float32]:
    if layer.shape[:2] == (height, width):
        return layer
    return np.asarray(cv2.resize(layer, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.float32)
