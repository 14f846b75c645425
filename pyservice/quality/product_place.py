"""Where the product is when measuring: the mask that came along, or what can be told without a model."""

from __future__ import annotations

from typing import Literal

import cv2
import numpy as np

from pyservice.imaging.border import border_of, enclosed
from pyservice.imaging.picture import Picture, Plane

MaskSource = Literal["given", "alpha", "ground", "none"]

NEAR_WHITE = 250
GROUND_WHITE = 245
WHITE_RING_SHARE = 0.6


def find_product(picture: Picture) -> tuple[Plane | None, MaskSource]:
    """The product mask (uint8 H×W) and where it comes from."""
    if picture.mask is not None:
        return picture.mask, "given"
    if picture.alpha is not None and picture.alpha.min() < 255:
        return picture.alpha, "alpha"
    mask = _what_is_not_white(picture.rgb)
    return (mask, "ground") if mask is not None else (None, "none")


def _what_is_not_white(rgb: Plane) -> Plane | None:
    """Everything that the white border does not reach; None unless the border is white."""
    if np.mean(border_of(rgb).min(axis=1) >= NEAR_WHITE) < WHITE_RING_SHARE:
        return None
    colored = cv2.bitwise_not(cv2.inRange(rgb, (GROUND_WHITE,) * 3, (255,) * 3))
    product = enclosed(np.asarray(colored, dtype=np.uint8))
    return product if product.any() else None


def darkest_channel(rgb: Plane) -> Plane:
    """The smallest of the three channels at each pixel: 255 only where the pixel is pure white."""
    red, green, blue = cv2.split(rgb)
    return np.asarray(cv2.min(cv2.min(red, green), blue), dtype=np.uint8)


def brightest_channel(rgb: Plane) -> Plane:
    """The largest of the three channels at each pixel."""
    red, green, blue = cv2.split(rgb)
    return np.asarray(cv2.max(cv2.max(red, green), blue), dtype=np.uint8)
