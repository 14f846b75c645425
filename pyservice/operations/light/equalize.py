"""Spread tones evenly."""

from __future__ import annotations

from typing import Literal

import cv2
import numpy as np
from pydantic import Field

from pyservice.imaging.picture import Picture, Plane
from pyservice.imaging.visible import visible_colors
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
    """Spread light and dark evenly, to bring out faint detail.

    Equalizes the histogram of L*, globally or by CLAHE (Zuiderveld, Graphics Gems IV, 1994).
    Where the picture is partly transparent, the global curve counts what can be seen.
    A preview, whose tiles hold fewer pixels and less grain, shows clahe approximately.
    """
    before = lightness_plane(visible_colors(picture))
    after = _by_tiles(before, params) if params.method == "clahe" else _by_one_curve(before, picture.alpha)

    def change(lightness: Lightness, top: int, bottom: int) -> Lightness:
        # The change is found in 256 levels and laid over the finer L*, so no tones are lost to rounding.
        shift = cv2.subtract(after[top:bottom], before[top:bottom], dtype=cv2.CV_32F)
        return np.asarray(lightness + shift * (100 / 255), dtype=np.float32)

    return picture.with_rgb(change_lightness(picture.rgb, change))


def _by_one_curve(lightness: Plane, alpha: Plane | None) -> Plane:
    if alpha is None or not alpha.any():
        return np.asarray(cv2.equalizeHist(lightness), dtype=np.uint8)
    counts = np.bincount(lightness[alpha > 0], minlength=256)
    counts[np.flatnonzero(counts)[0]] = 0  # As in OpenCV: the darkest level there is becomes 0.
    if not counts.any():
        return lightness
    levels = np.rint(np.cumsum(counts) * (255 / counts.sum())).astype(np.uint8)
    return np.asarray(cv2.LUT(lightness, levels), dtype=np.uint8)


def _by_tiles(lightness: Plane, params: EqualizeParams) -> Plane:
    height, width = lightness.shape
    tiles = (min(params.tile, width), min(params.tile, height))
    return np.asarray(cv2.createCLAHE(params.clip_limit, tiles).apply(lightness), dtype=np.uint8)
