"""Black and white."""

from __future__ import annotations

import cv2
import numpy as np
from pydantic import Field

from pyservice.imaging.picture import Picture
from pyservice.operations.registry import Params, operation


class GrayscaleParams(Params):
    strength: float = Field(1, ge=0, le=1, description="How much of the colour goes.")


@operation("grayscale", version=1, group="effects")
def grayscale(picture: Picture, params: GrayscaleParams) -> Picture:
    """Take the colour out; brightness stays.

    Brightness is the luma of ITU-R BT.601.
    """
    gray = cv2.cvtColor(cv2.cvtColor(picture.rgb, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    mixed = cv2.addWeighted(gray, params.strength, picture.rgb, 1 - params.strength, 0)
    return picture.with_rgb(np.asarray(mixed, dtype=np.uint8))
