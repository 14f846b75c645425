"""Change CIE L* and leave a* and b* alone: the way light is changed without changing colour."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from pyservice.imaging.picture import Plane
from pyservice.imaging.strips import for_strips

Lightness = NDArray[np.float32]


def lightness_plane(rgb: Plane) -> Plane:
    """L* of every pixel as uint8 H×W, 255 = L* 100: enough to measure with."""
    return np.ascontiguousarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2Lab)[..., 0], dtype=np.uint8)


def change_lightness(rgb: Plane, change: Callable[[Lightness, int, int], Lightness]) -> Plane:
    """Put L* (float32, 0…100) of rows top…bottom through `change(lightness, top, bottom)`."""
    out = np.empty_like(rgb)

    def work(top: int, bottom: int) -> None:
        lab = cv2.cvtColor(rgb[top:bottom].astype(np.float32) / 255, cv2.COLOR_RGB2Lab)
        lab[..., 0] = np.clip(change(np.asarray(lab[..., 0], np.float32), top, bottom), 0, 100)
        colors = np.clip(cv2.cvtColor(lab, cv2.COLOR_Lab2RGB), 0, 1)
        out[top:bottom] = cv2.convertScaleAbs(colors, alpha=255)

    for_strips(rgb.shape[1], rgb.shape[0], work)
    return out


def through_curve(rgb: Plane, inputs: NDArray[np.float64], outputs: NDArray[np.float64]) -> Plane:
    """Put L* through a curve that is straight between the given points."""
    return change_lightness(
        rgb, lambda lightness, _top, _bottom: np.interp(lightness, inputs, outputs).astype(np.float32)
    )
