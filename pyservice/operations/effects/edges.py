"""Outlines."""

from __future__ import annotations

import cv2
import numpy as np
from pydantic import Field

from pyservice.imaging.picture import Picture, Plane
from pyservice.imaging.visible import change_visible
from pyservice.operations.registry import Params, operation


class EdgesParams(Params):
    threshold: float = Field(100, ge=1, le=500, description="How strong an edge must be; lower shows finer ones.")
    dark_lines: bool = Field(False, description="Dark lines on white instead of white lines on black.")


@operation("edges", version=1, group="effects")
def edges(picture: Picture, params: EdgesParams) -> Picture:
    """Show the outlines only.

    Canny, 1986: edges start at the threshold and go on down to half of it.
    Lines are one pixel wide and found over 3×3 px: a preview, having fewer pixels, draws them wider and may find
    others.
    """
    return change_visible(picture, lambda rgb: _outlined(rgb, params))


def _outlined(rgb: Plane, params: EdgesParams) -> Plane:
    gray = cv2.GaussianBlur(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), (0, 0), 1.0)
    lines = cv2.Canny(gray, params.threshold / 2, params.threshold, L2gradient=True)
    if params.dark_lines:
        lines = cv2.bitwise_not(lines)
    return np.asarray(cv2.cvtColor(lines, cv2.COLOR_GRAY2RGB), dtype=np.uint8)
