"""Undo perspective: four corners become a rectangle."""

from __future__ import annotations

import math
from typing import Annotated

import cv2
import numpy as np
from pydantic import Field, field_validator

from pyservice.imaging.picture import Picture
from pyservice.imaging.warp import warp_picture
from pyservice.operations.fields import PERCENT
from pyservice.operations.registry import Params, operation

_Percent = Annotated[float, Field(ge=0, le=100)]
_Corner = tuple[_Percent, _Percent]
_Corners = tuple[_Corner, _Corner, _Corner, _Corner]
_WHOLE: _Corners = ((0, 0), (100, 0), (100, 100), (0, 100))


class PerspectiveParams(Params):
    corners: _Corners = Field(
        _WHOLE,
        description="Corners that become the rectangle, each [x, y] from the top left of the picture, "
        "in the order top left, top right, bottom right, bottom left.",
        json_schema_extra={**PERCENT, "control": "corners"},
    )

    @field_validator("corners")
    @classmethod
    def _is_convex(cls, corners: _Corners) -> _Corners:
        turns = [_turn(corners[i], corners[(i + 1) % 4], corners[(i + 2) % 4]) for i in range(4)]
        # 1 square percent: thinner corners would blow single pixels up to the whole picture.
        if min(turns) < 1:
            raise ValueError("Expected four corners clockwise from the top left, none of them flat or inward")
        return corners


def _turn(a: _Corner, b: _Corner, c: _Corner) -> float:
    return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])


@operation("perspective", version=1, group="orient")
def perspective(picture: Picture, params: PerspectiveParams) -> Picture:
    """Pull four corners of the picture into a rectangle.

    The rectangle is as wide and as high as the longer of each pair of opposite sides, so no detail is lost.
    """
    if params.corners == _WHOLE:
        return picture
    points = [(x / 100 * picture.width, y / 100 * picture.height) for x, y in params.corners]
    top_left, top_right, bottom_right, bottom_left = points
    width = max(1, round(max(math.dist(top_left, top_right), math.dist(bottom_left, bottom_right))))
    height = max(1, round(max(math.dist(top_left, bottom_left), math.dist(top_right, bottom_right))))
    # Corners lie between pixels, OpenCV counts from pixel centres.
    source = np.array(points, np.float32) - 0.5
    target = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32) - 0.5
    matrix = np.asarray(cv2.getPerspectiveTransform(source, target), np.float64)
    return warp_picture(picture, matrix, width, height, None)
