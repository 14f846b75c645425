"""Refine the edge of a coarse product mask by the picture's own pixels."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from pyservice.imaging.picture import Plane

Refine = Literal["none", "guided", "matting"]
_Floats = NDArray[np.float32]

_WORKING_PX = 1600
_RADIUS_SHARE = 0.002
_EPSILON = 1e-4
# What a network says below and above these is taken as ground and as product for certain.
_GROUND_BELOW, _PRODUCT_ABOVE = 0.05, 0.95
_STEEPEST = 2.0
# How far from its edge a product may be half-transparent, of the long side.
_SOFT_SHARE = 0.01
_MATTING_PX = 1000
_HAIR_SHARE = 0.012
# More than what product_box calls a speck, so that a piece counts before and after resampling, or not at all.
_SPECK_SHARE = 0.002
_SMALLEST_PX = 8


def refined(rgb: Plane, coarse: Plane, refine: Refine) -> Plane:
    """A mask of the picture's own size from a coarse one.

    rgb uint8 H×W×3, coarse uint8 of any size (same aspect), result uint8 H×W, 255 = product.
    guided: colour guided filter (He, Sun, Tang, "Guided Image Filtering", 2010). matting: closed-form matting
    (Levin, Lischinski, Weiss, 2008) where the coarse mask is unsure; slow, for hair and fur.
    """
    height, width = rgb.shape[:2]
    factor = min(1.0, _WORKING_PX / max(height, width))
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    share = _resized(coarse, size)
    if min(size) < _SMALLEST_PX or refine == "none":
        return _full_size(without_specks(_sure(share)), width, height, factor)
    working = _working(rgb, size)
    better = _sure(_guided(working, share)) if refine == "guided" else _matted(working, share)
    return _full_size(without_specks(better), width, height, factor)


def without_specks(share: _Floats) -> _Floats:
    """The mask without what hangs together with nothing: pieces of less than 0.2 % of the product, and faint smears.

    share float32 H×W in 0…1. A stray dot would show in the picture and pull at the frame.
    """
    solid = share > 0.5
    count, labels = cv2.connectedComponents((share > 0).astype(np.uint8), connectivity=8)
    areas = np.bincount(labels[solid], minlength=count)
    kept = areas >= max(1.0, _SPECK_SHARE * float(areas.sum()))
    kept[0] = False
    return np.where(kept[labels], share, 0).astype(np.float32) if not kept[1:].all() else share


def _working(rgb: Plane, size: tuple[int, int]) -> _Floats:
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
    return np.asarray(small.astype(np.float32) / 255, dtype=np.float32)


def _resized(coarse: Plane, size: tuple[int, int]) -> _Floats:
    interpolation = cv2.INTER_AREA if size[0] < coarse.shape[1] else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(coarse, size, interpolation=interpolation).astype(np.float32) / 255, dtype=np.float32)


def _sure(share: _Floats) -> _Floats:
    """Stretch the certain ends to 0 and 1, and take sides away from the edge.

    A product is half-transparent only along its edge. Where a network hesitates over a whole region, a ghost
    would stay in the picture; the likelier side wins there (measured: same IoU, a tenth less error).
    """
    stretched = np.clip((share - _GROUND_BELOW) / (_PRODUCT_ABOVE - _GROUND_BELOW), 0, 1)
    inside = (share > 0.5).astype(np.uint8)
    depth = np.maximum(cv2.distanceTransform(inside, cv2.DIST_L2, 3), cv2.distanceTransform(1 - inside, cv2.DIST_L2, 3))
    far = depth > max(share.shape) * _SOFT_SHARE
    return np.where(far, inside, stretched).astype(np.float32)


def _full_size(share: _Floats, width: int, height: int, factor: float) -> Plane:
    if share.shape != (height, width):
        share = np.asarray(cv2.resize(share, (width, height), interpolation=cv2.INTER_CUBIC), dtype=np.float32)
        # Enlarging widens the edge; steepen it back.
        share = (share - 0.5) * min(1 / factor, _STEEPEST) + 0.5
    return np.rint(np.clip(share, 0, 1) * 255).astype(np.uint8)


def _guided(picture: _Floats, share: _Floats) -> _Floats:
    radius = max(2, round(max(share.shape) * _RADIUS_SHARE))
    rows, columns = _unsure_window(share, 2 * radius)
    window = share[rows, columns]
    if window.size == 0:
        return share
    result = share.copy()
    result[rows, columns] = _filtered(cv2.split(picture[rows, columns]), window, radius)
    return result


def _unsure_window(share: _Floats, reach_px: int) -> tuple[slice, slice]:
    """The rows and columns where the mask is neither plain product nor plain ground, and some room around."""
    unsure = (share > _GROUND_BELOW / 2) & (share < 1 - _GROUND_BELOW / 2)
    rows, columns = np.flatnonzero(unsure.any(axis=1)), np.flatnonzero(unsure.any(axis=0))
    if rows.size == 0:
        return slice(0, 0), slice(0, 0)
    return (
        slice(max(0, int(rows[0]) - reach_px), int(rows[-1]) + reach_px + 1),
        slice(max(0, int(columns[0]) - reach_px), int(columns[-1]) + reach_px + 1),
    )


def _filtered(colours: Sequence[Any], share: _Floats, radius: int) -> _Floats:
    """The guided filter on three planes: in each neighbourhood, share ≈ slope · colour + offset."""
    means = [_mean(plane, radius) for plane in colours]
    mean_share = _mean(share, radius)
    covariances = [
        _mean(cv2.multiply(plane, share), radius) - mean * mean_share
        for plane, mean in zip(colours, means, strict=True)
    ]
    slopes = _solved(_variances(colours, means, radius), covariances)
    offset = mean_share - sum(slope * mean for slope, mean in zip(slopes, means, strict=True))
    result: Any = _mean(np.asarray(offset, dtype=np.float32), radius)
    for slope, plane in zip(slopes, colours, strict=True):
        result = cv2.add(result, cv2.multiply(_mean(slope, radius), plane))
    return np.asarray(result, dtype=np.float32)


def _mean(plane: Any, radius: int) -> _Floats:
    size = (2 * radius + 1, 2 * radius + 1)
    return np.asarray(cv2.blur(plane, size, borderType=cv2.BORDER_REFLECT), dtype=np.float32)


def _variances(colours: Sequence[Any], means: list[_Floats], radius: int) -> list[_Floats]:
    """The six distinct entries of each neighbourhood's 3×3 colour covariance: rr, rg, rb, gg, gb, bb."""
    entries = []
    for a, b in ((0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)):
        entry = _mean(cv2.multiply(colours[a], colours[b]), radius) - means[a] * means[b]
        entries.append(entry + np.float32(_EPSILON) if a == b else entry)
    return entries


def _solved(entries: list[_Floats], right: list[Any]) -> list[Any]:
    """Cramer's rule for every pixel's symmetric 3×3 system."""
    rr, rg, rb, gg, gb, bb = entries
    inverse = [
        [gg * bb - gb * gb, gb * rb - rg * bb, rg * gb - gg * rb],
        [gb * rb - rg * bb, rr * bb - rb * rb, rb * rg - rr * gb],
        [rg * gb - gg * rb, rb * rg - rr * gb, rr * gg - rg * rg],
    ]
    scale = 1 / (inverse[0][0] * rr + inverse[0][1] * rg + inverse[0][2] * rb)
    return [(row[0] * right[0] + row[1] * right[1] + row[2] * right[2]) * scale for row in inverse]


def _matted(picture: _Floats, share: _Floats) -> _Floats:
    from pymatting import estimate_alpha_cf  # Imported late: it compiles for seconds at first use.

    height, width = share.shape
    factor = min(1.0, _MATTING_PX / max(height, width))
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    trimap = _trimap(np.asarray(cv2.resize(share, size, interpolation=cv2.INTER_AREA), dtype=np.float32))
    if not {0.0, 0.5, 1.0} <= set(np.unique(trimap).tolist()):
        return _sure(share)
    small = np.clip(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), 0, 1)
    with warnings.catch_warnings():
        # The solver says when it tries a second preconditioner; the result is the same.
        warnings.simplefilter("ignore")
        alpha = estimate_alpha_cf(small.astype(np.float64), trimap)
    grown = cv2.resize(alpha.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip(grown, 0, 1), dtype=np.float32)


def _trimap(share: _Floats) -> NDArray[np.float64]:
    """1 product, 0 ground, 0.5 to be found: a band along the edge, wide enough for hair.

    Parts thinner than the band stay product where the network is sure of them; they would vanish otherwise.
    """
    product = (_sure(share) > 0.5).astype(np.uint8)
    reach = max(3, round(_HAIR_SHARE * max(share.shape)))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    thick = cv2.morphologyEx(product, cv2.MORPH_OPEN, disc)
    inside = (cv2.erode(product, disc) > 0) | ((thick == 0) & (share > _PRODUCT_ABOVE))
    outside = cv2.erode(1 - product, disc) > 0
    return np.where(inside, 1.0, np.where(outside, 0.0, 0.5))
