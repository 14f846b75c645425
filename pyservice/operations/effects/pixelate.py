"""Large pixels."""

from __future__ import annotations

import math

import cv2
import numpy as np
from pydantic import Field

from pyservice.imaging.picture import Picture, Plane
from pyservice.imaging.visible import change_visible
from pyservice.operations.fields import PX
from pyservice.operations.registry import Params, operation


class PixelateParams(Params):
    block_px: float = Field(16, ge=1, le=500, description="Side of a block.", json_schema_extra=PX)


@operation("pixelate", version=1, group="effects")
def pixelate(picture: Picture, params: PixelateParams) -> Picture:
    """Replace each block of pixels by its average.

    In a preview the edges of blocks are rounded to its own, larger pixels.
    """
    size = (math.ceil(picture.width / params.block_px), math.ceil(picture.height / params.block_px))
    if size[0] >= picture.width and size[1] >= picture.height:
        return picture
    return change_visible(picture, lambda rgb: _in_blocks(rgb, size))


def _in_blocks(rgb: Plane, size: tuple[int, int]) -> Plane:
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
    large = cv2.resize(small, (rgb.shape[1], rgb.shape[0]), interpolation=cv2.INTER_NEAREST_EXACT)
    return np.asarray(large, dtype=np.uint8)
