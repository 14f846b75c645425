"""A relief."""

from __future__ import annotations

import cv2
import numpy as np
from pydantic import Field

from pyservice.imaging.picture import Picture
from pyservice.operations.registry import Params, operation


class EmbossParams(Params):
    strength: float = Field(1, ge=0, le=5, description="How deep the relief is.")
    color: bool = Field(False, description="Emboss the picture itself instead of grey stone.")


@operation("emboss", version=1, group="effects")
def emboss(picture: Picture, params: EmbossParams) -> Picture:
    """Light the picture's brightness from the top left, as if it were a relief."""
    gray = np.asarray(cv2.cvtColor(picture.rgb, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    kernel = np.array([[-2, -1, 0], [-1, 0, 1], [0, 1, 2]], np.float32) * (params.strength / 4)
    if params.color:
        kernel[1, 1] = 1
        out = cv2.filter2D(picture.rgb, -1, kernel, borderType=cv2.BORDER_REPLICATE)
    else:
        relief = cv2.filter2D(gray, -1, kernel, delta=128, borderType=cv2.BORDER_REPLICATE)
        out = cv2.cvtColor(relief, cv2.COLOR_GRAY2RGB)
    return picture.with_rgb(np.asarray(out, dtype=np.uint8))
