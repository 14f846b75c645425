"""Spread tones evenly."""

from __future__ import annotations

from typing import Literal

import cv2
import numpy as np
from pydantic import Field

from pyservice.imaging.picture import Picture, Plane
from pyservice.operations.light.lightness import Lightness, change_lightness, lightness_plane
from pyservice.operations.registry import Params, operation


class EqualizeParams(Params):
    method: Literal["global", "clahe"] = Field(
        "clahe", description="global: one curve for the whole picture; clahe: one per tile, contrast limited."
    )
    clip_limit: float = Field(2, ge=1, le=40, description="clahe: how much contrast may grow in a tile.")
    tile: int = Field(8, ge=1, le=32, description="clahe: number of tiles in each direction.")


@operation("equalize", version=1, group="light")
def equalize(picture: Picture, params: EqualizeParams) -> Picture:
    """Equalize the histogram of L*, globally or by CLAHE (Zuiderveld, Graphics Gems IV, 1994)."""
    before = lightness_plane(picture.rgb)
    after = _equalized(before, params)

    def change(lightness: Lightness, top: int, bottom: int) -> Lightness:
        # The change is found in 256 levels and laid over the finer L*, so no tones are lost to rounding.
        shift = cv2.subtract(after[top:bottom], before[top:bottom], dtype=cv2.CV_32F)
        return np.asarray(lightness + shift * (100 / 255), dtype=np.float32)

    return picture.with_rgb(change_lightness(picture.rgb, change))


def _equalized(lightness: Plane, params: EqualizeParams) -> Plane:
    if params.method == "global":
        return np.asarray(cv2.equalizeHist(lightness), dtype=np.uint8)
    height, width = lightness.shape
    tiles = (min(params.tile, width), min(params.tile, height))
    return np.asarray(cv2.createCLAHE(params.clip_limit, tiles).apply(lightness), dtype=np.uint8)
