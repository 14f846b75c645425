"""What can be seen of a partly transparent picture: neighbourhood operations must not mix hidden colours into it."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from pyservice.imaging.picture import Picture, Plane
from pyservice.imaging.strips import for_strips

_Floats = NDArray[np.float32]


def change_visible(picture: Picture, change: Callable[[Plane], Plane]) -> Picture:
    """The picture whose visible colours went through `change`, which sees no hidden one.

    change gets the colours of visible_colors() and returns as many. Fully transparent pixels keep the colours
    they hide.
    """
    colors = visible_colors(picture)
    changed = change(colors)
    if picture.alpha is None or colors is picture.rgb:
        return picture.with_rgb(changed)
    changed = np.require(changed, requirements=["C", "W"])
    cv2.copyTo(picture.rgb, np.asarray(cv2.inRange(picture.alpha, 0, 0), np.uint8), changed)
    return picture.with_rgb(changed)


def visible_colors(picture: Picture) -> Plane:
    """The colours, with those under fully transparent pixels replaced by visible ones from around them."""
    return picture.rgb if picture.alpha is None else spread(picture.rgb, picture.alpha)


def spread(rgb: Plane, weight: Plane) -> Plane:
    """Carry the colours of weighted pixels to those of weight 0; the others stay as they are.

    rgb uint8 H×W×3, weight uint8 H×W. Where no pixel has any weight nothing changes.
    Source: pull and push of Gortler et al., "The Lumigraph" (SIGGRAPH 1996).
    """
    seen = np.asarray(cv2.inRange(weight, 1, 255), np.uint8)
    if cv2.countNonZero(seen) in (0, seen.size):
        return rgb
    height, width = weight.shape
    coarse = spread(*_halved(rgb, weight))
    out = np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)
    cv2.copyTo(rgb, seen, out)
    return out


def _halved(rgb: Plane, weight: Plane) -> tuple[Plane, Plane]:
    """Half the size, rounded up: weighted means of 2×2 colours, sums of their weights up to 255."""
    height, width = ((side + 1) // 2 for side in weight.shape)
    half_rgb, half_weight = np.empty((height, width, 3), np.uint8), np.empty((height, width), np.uint8)

    def work(top: int, bottom: int) -> None:
        rows = slice(2 * top, 2 * bottom)
        weights = _padded_to_even(weight[rows].astype(np.float32))
        weighted = _padded_to_even(rgb[rows].astype(np.float32)) * weights[..., None]
        sums = cv2.resize(weighted, (width, bottom - top), interpolation=cv2.INTER_AREA)
        means = cv2.resize(weights, (width, bottom - top), interpolation=cv2.INTER_AREA)
        half_rgb[top:bottom] = np.rint(sums / np.maximum(means, 0.25)[..., None])
        half_weight[top:bottom] = np.minimum(means * 4, 255)

    for_strips(2 * width, height, work)
    return half_rgb, half_weight


def _padded_to_even(plane: _Floats) -> _Floats:
    down, across = plane.shape[0] % 2, plane.shape[1] % 2
    if not (down or across):
        return plane
    return np.pad(plane, [(0, down), (0, across), (0, 0)][: plane.ndim])
