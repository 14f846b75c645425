"""Few colours."""

from __future__ import annotations

import cv2
import numpy as np
from pydantic import Field

from pyservice.imaging.picture import Picture
from pyservice.operations.registry import Params, operation


class PosterizeParams(Params):
    levels: int = Field(4, ge=2, le=256, description="How many levels each channel keeps.")


@operation("posterize", version=1, group="effects")
def posterize(picture: Picture, params: PosterizeParams) -> Picture:
    """Reduce the picture to a few colours, like a poster.

    Every channel is rounded to a few even levels; black and white stay.
    A preview rounds pixels that are averages already: its borders between levels run a little differently.
    """
    steps = params.levels - 1
    table = np.rint(np.rint(np.arange(256) / 255 * steps) / steps * 255).astype(np.uint8)
    return picture.with_rgb(np.asarray(cv2.LUT(picture.rgb, table), dtype=np.uint8))
