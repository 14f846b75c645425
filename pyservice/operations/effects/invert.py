"""The negative."""

from __future__ import annotations

import cv2
import numpy as np

from pyservice.imaging.picture import Picture
from pyservice.operations.registry import Params, operation


class InvertParams(Params):
    pass


@operation("invert", version=1, group="effects")
def invert(picture: Picture, params: InvertParams) -> Picture:
    """Turn every colour into its opposite."""
    return picture.with_rgb(np.asarray(cv2.bitwise_not(picture.rgb), dtype=np.uint8))
