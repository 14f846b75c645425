"""The shadow that a product casts on its old ground, kept on a cut-out; and how a shadow lies under one."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pyservice.imaging.geometry import resize_mask, resize_plane
from pyservice.imaging.picture import Picture, Plane
from pyservice.imaging.strips import for_strips

# Shadows are smooth: they are looked for on a copy of this long side.
_WORKING_PX = 1000
_FAINTEST_SHADOW = 0.06
_GROUND_BELOW = 8

_Floats = NDArray[np.float32]


def with_own_shadow(cut: Picture, original: Picture) -> Picture:
    """Put the shadow that the product casts on its old ground back, as black of the right strength.

    A shadow is where the ground near the product is darker than the ground elsewhere but of its colour.
    """
    factor = min(1.0, _WORKING_PX / cut.long_side)
    width, height = max(1, round(cut.width * factor)), max(1, round(cut.height * factor))
    product = np.zeros((height, width), np.uint8) if cut.mask is None else resize_mask(cut.mask, width, height)
    ground = product < _GROUND_BELOW
    if original.alpha is not None:
        # What was transparent before is no ground that a shadow could have fallen on.
        ground &= resize_mask(original.alpha, width, height) == 255
    if not ground.any():
        return cut
    grey = np.asarray(cv2.cvtColor(resize_plane(original.rgb, width, height), cv2.COLOR_RGB2GRAY), np.uint8)
    near = cv2.dilate((~(product < _GROUND_BELOW)).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    shadow = _shadow(grey, ground, near)
    grown = cv2.resize(shadow, (cut.width, cut.height), interpolation=cv2.INTER_LINEAR)
    return under(cut, np.asarray(grown, dtype=np.uint8))


def _shadow(grey: Plane, ground: NDArray[np.bool_], near: NDArray[np.bool_]) -> Plane:
    """How dark the shadow is (uint8 h×w); it goes on a little beneath the product, so that no bright gap stays."""
    long_side = max(grey.shape)
    plain = float(np.percentile(grey[ground], 70))
    smooth = _blurred_within(grey.astype(np.float32), ground, max(1.0, long_side / 200))
    darkness = np.clip(1 - smooth / max(plain, 1), 0, 1)
    touching = _connected_to(ground & (darkness > _FAINTEST_SHADOW), near)
    soft = _blurred_within(np.where(touching, darkness, np.float32(0)), ground, max(0.5, long_side / 600))
    return np.asarray(np.clip(np.rint(soft * 255), 0, 255), dtype=np.uint8)


def _blurred_within(values: _Floats, region: NDArray[np.bool_], sigma_px: float) -> _Floats:
    """A Gaussian mean of the region's values only, for it and its surroundings; 0 far away from it."""
    weight = region.astype(np.float32)
    total = cv2.GaussianBlur(weight, (0, 0), sigma_px)
    sums: Any = cv2.GaussianBlur(values * weight, (0, 0), sigma_px)
    return np.asarray(sums / np.maximum(total, 1e-3), dtype=np.float32)


def _connected_to(region: NDArray[np.bool_], seed: NDArray[np.bool_]) -> NDArray[np.bool_]:
    _, labels = cv2.connectedComponents((region | seed).astype(np.uint8), connectivity=8)
    return np.asarray(np.isin(labels, np.unique(labels[seed])) & region, dtype=np.bool_)


def under(cut: Picture, shadow: Plane) -> Picture:
    """Lay a black layer of this strength (uint8 H×W) under a cut-out picture."""
    if cut.alpha is None:
        return cut
    above, rgb, alpha = cut.alpha, cut.rgb.copy(), np.empty_like(cut.alpha)

    def work(top: int, bottom: int) -> None:
        rows = slice(top, bottom)
        below = cv2.multiply(shadow[rows], 255 - above[rows], scale=1 / 255)
        alpha[rows] = total = cv2.add(above[rows], below)
        # Black adds nothing, so the colour only fades by the product's share of what is there.
        share = cv2.divide(above[rows], total, scale=255)
        faded = cv2.multiply(cut.rgb[rows], cv2.merge([share, share, share]), scale=1 / 255)
        cv2.copyTo(faded, np.asarray(cv2.inRange(below, 1, 255), np.uint8), rgb[rows])

    for_strips(cut.width, cut.height, work)
    return Picture(rgb, alpha, cut.mask)
