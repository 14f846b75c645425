"""A picture without transparency."""

from __future__ import annotations

import cv2
import numpy as np

from pyservice.imaging.picture import Picture, Plane


def on_white(picture: Picture) -> Plane:
    """The picture's colours laid on pure white, uint8 H×W×3; what transparency hides does not show."""
    if picture.alpha is None:
        return picture.rgb
    alpha = cv2.merge([picture.alpha] * 3)
    shown = cv2.multiply(picture.rgb, alpha, scale=1 / 255)
    return np.asarray(cv2.add(shown, cv2.bitwise_not(alpha)), dtype=np.uint8)
