"""Gaussian blur whose cost does not grow with its radius."""

from __future__ import annotations

import cv2
import numpy as np

from pyservice.imaging.picture import Plane

_LARGEST_DIRECT_SIGMA_PX = 6.0


def gaussian_blur(plane: Plane, sigma_px: float) -> Plane:
    """Blur H×W or H×W×3 uint8 with a Gaussian of sigma_px; edges reflect, sigma 0 changes nothing.

    A wide Gaussian leaves no fine detail, so it is computed on a smaller copy; the area averaging and the
    linear enlargement add their own little blur, which the direct sigma accounts for.
    """
    if sigma_px <= 0.1:
        return plane
    if sigma_px <= _LARGEST_DIRECT_SIGMA_PX:
        return np.asarray(cv2.GaussianBlur(plane, (0, 0), sigma_px, borderType=cv2.BORDER_REFLECT), np.uint8)
    height, width = plane.shape[:2]
    factor = sigma_px / (_LARGEST_DIRECT_SIGMA_PX / 2)
    small_size = (max(1, round(width / factor)), max(1, round(height / factor)))
    small = cv2.resize(plane, small_size, interpolation=cv2.INTER_AREA)
    # A box of `factor` px has variance factor²/12, the tent of the enlargement factor²/6.
    sigma_small = max(0.3, (sigma_px**2 / factor**2 - 0.25) ** 0.5)
    blurred = cv2.GaussianBlur(small, (0, 0), sigma_small, borderType=cv2.BORDER_REFLECT)
    return np.asarray(cv2.resize(blurred, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)
