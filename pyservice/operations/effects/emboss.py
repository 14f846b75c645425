"""A relief."""

from __future__ import annotations

import cv2
import numpy as np
from pydantic import Field

from pyservice.imaging.picture import Picture, Plane
from pyservice.imaging.visible import change_visible
from pyservice.operations.registry import Context, Params, operation


class EmbossParams(Params):
    strength: float = Field(1, ge=0, le=5, description="How deep the relief is.")
    color: bool = Field(False, description="Emboss the picture itself instead of grey stone.")


@operation("emboss", version=1, group="effects")
def emboss(picture: Picture, params: EmbossParams, context: Context) -> Picture:
    """Light the picture's brightness from the top left, as if it were a relief.

    Slopes are those between neighbouring pixels; in a preview, where they are steeper, they count less.
    """
    # The same slope rises 1 / scale times as much from pixel to pixel.
    return change_visible(picture, lambda rgb: _relief(rgb, params.strength * context.scale, params.color))


def _relief(rgb: Plane, depth: float, color: bool) -> Plane:
    kernel = np.array([[-2, -1, 0], [-1, 0, 1], [0, 1, 2]], np.float32) * (depth / 4)
    if color:
        kernel[1, 1] = 1
        out = cv2.filter2D(rgb, -1, kernel, borderType=cv2.BORDER_REPLICATE)
    else:
        gray = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
        relief = cv2.filter2D(gray, -1, kernel, delta=128, borderType=cv2.BORDER_REPLICATE)
        out = cv2.cvtColor(relief, cv2.COLOR_GRAY2RGB)
    return np.asarray(out, dtype=np.uint8)
