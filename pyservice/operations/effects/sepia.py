"""The brown of old photographs."""

from __future__ import annotations

import cv2
import numpy as np
from pydantic import Field

from pyservice.imaging.picture import Picture
from pyservice.operations.registry import Params, operation

# W3C, Filter Effects Module Level 1, "sepia equivalent".
_SEPIA = np.array([[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]])


class SepiaParams(Params):
    strength: float = Field(1, ge=0, le=1, description="How much of the tone is applied.")


@operation("sepia", version=1, group="effects")
def sepia(picture: Picture, params: SepiaParams) -> Picture:
    """Tone the picture brown, like an old photo.

    By the matrix of CSS's sepia().
    """
    matrix = params.strength * _SEPIA + (1 - params.strength) * np.eye(3)
    return picture.with_rgb(np.asarray(cv2.transform(picture.rgb, matrix), dtype=np.uint8))
