"""Soften."""

from __future__ import annotations

from typing import Literal

import cv2
import numpy as np
from pydantic import Field

from pyservice.imaging.blur import gaussian_blur
from pyservice.imaging.picture import Picture, Plane
from pyservice.imaging.visible import change_visible
from pyservice.operations.fields import PX
from pyservice.operations.registry import Params, operation


class BlurParams(Params):
    method: Literal["gaussian", "box", "median"] = Field("gaussian", description="Shape of the blur.")
    radius_px: float = Field(
        2, ge=0, le=200, description="How far it reaches; for gaussian its sigma.", json_schema_extra=PX
    )


@operation("blur", version=1, group="detail")
def blur(picture: Picture, params: BlurParams) -> Picture:
    """Blur the colours; transparency keeps its edge.

    Where the picture is partly transparent, hidden colours do not bleed into what is seen. median reaches at
    most 127 px.
    """
    if params.radius_px == 0:
        return picture
    return change_visible(picture, lambda rgb: _METHODS[params.method](rgb, params.radius_px))


def _gaussian(rgb: Plane, radius_px: float) -> Plane:
    return gaussian_blur(rgb, radius_px)


def _box(rgb: Plane, radius_px: float) -> Plane:
    side_px = 2 * round(radius_px) + 1
    return np.asarray(cv2.blur(rgb, (side_px, side_px), borderType=cv2.BORDER_REPLICATE), np.uint8)


def _median(rgb: Plane, radius_px: float) -> Plane:
    return np.asarray(cv2.medianBlur(rgb, 2 * min(127, round(radius_px)) + 1), np.uint8)


_METHODS = {"gaussian": _gaussian, "box": _box, "median": _median}
