"""A pencil drawing."""

from __future__ import annotations

import cv2
import numpy as np
from pydantic import Field

from pyservice.imaging.blur import gaussian_blur
from pyservice.imaging.picture import Picture, Plane
from pyservice.imaging.visible import change_visible
from pyservice.operations.fields import PX
from pyservice.operations.registry import Params, operation


class SketchParams(Params):
    line_width_px: float = Field(8, ge=1, le=100, description="Width of the pencil strokes.", json_schema_extra=PX)
    darkness: float = Field(1, ge=0.2, le=3, description="How hard the pencil is pressed.")
    color: bool = Field(False, description="Draw with coloured pencils.")


@operation("sketch", version=1, group="effects")
def sketch(picture: Picture, params: SketchParams) -> Picture:
    """Draw the picture in pencil.

    Colour dodge of its grey with its own blur: what is as bright as its surroundings turns into
    paper, what is darker into strokes.
    A preview shows strokes finer than its own pixels approximately.
    """
    return change_visible(picture, lambda rgb: _drawn(rgb, params))


def _drawn(rgb: Plane, params: SketchParams) -> Plane:
    gray = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    around = cv2.max(gaussian_blur(gray, params.line_width_px), np.ones_like(gray))
    strokes = cv2.divide(cv2.max(gray, np.ones_like(gray)), around, scale=255)
    pressed = np.rint(255 * (np.arange(256) / 255) ** (2 * params.darkness)).astype(np.uint8)
    drawing = cv2.cvtColor(cv2.LUT(strokes, pressed), cv2.COLOR_GRAY2RGB)
    if params.color:
        pale = cv2.addWeighted(rgb, 0.6, np.full_like(rgb, 255), 0.4, 0)
        drawing = cv2.multiply(drawing, pale, scale=1 / 255)
    return np.asarray(drawing, dtype=np.uint8)
