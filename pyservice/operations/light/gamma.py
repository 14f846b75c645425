"""Brighten or darken the middle tones."""

from __future__ import annotations

import cv2
import numpy as np
from pydantic import Field

from pyservice.imaging.picture import Picture
from pyservice.operations.registry import Params, operation


class GammaParams(Params):
    gamma: float = Field(1, ge=0.1, le=5, description="Above 1 brightens the middle tones, below 1 darkens them.")


@operation("gamma", version=1, group="light")
def gamma(picture: Picture, params: GammaParams) -> Picture:
    """Make the middle tones lighter or darker; black and white stay.

    Each level becomes level^(1/gamma), levels from 0 to 1.
    """
    if params.gamma == 1:
        return picture
    levels = np.rint(255 * (np.arange(256) / 255) ** (1 / params.gamma)).astype(np.uint8)
    return picture.with_rgb(np.asarray(cv2.LUT(picture.rgb, levels), dtype=np.uint8))
