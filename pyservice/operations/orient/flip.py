"""Mirror the picture."""

from __future__ import annotations

from typing import Literal

import cv2
import numpy as np
from pydantic import Field

from pyservice.imaging.picture import Picture
from pyservice.operations.registry import Params, operation


class FlipParams(Params):
    axis: Literal["horizontal", "vertical"] = Field(
        "horizontal", description="horizontal swaps left and right, vertical swaps top and bottom."
    )


@operation("flip", version=1, group="orient")
def flip(picture: Picture, params: FlipParams) -> Picture:
    """Mirror the picture left to right or top to bottom.

    Lossless. Mind that mirrored lettering on a product reads backwards.
    """
    code = 1 if params.axis == "horizontal" else 0
    return picture.map_planes(lambda plane: np.asarray(cv2.flip(plane, code), dtype=np.uint8))
