"""Sharpen."""

from __future__ import annotations

import cv2
import numpy as np
from pydantic import Field

from pyservice.imaging.blur import gaussian_blur
from pyservice.imaging.picture import Picture, Plane
from pyservice.imaging.visible import change_visible
from pyservice.operations.fields import PX
from pyservice.operations.registry import Params, operation


class UnsharpMaskParams(Params):
    radius_px: float = Field(1.5, ge=0.1, le=50, description="Width of the detail to lift.", json_schema_extra=PX)
    amount: float = Field(0.8, ge=0, le=3, description="How much of it to add back.")
    threshold: int = Field(0, ge=0, le=255, description="Differences below this many levels are noise and stay.")


@operation("unsharp-mask", version=1, group="detail")
def unsharp_mask(picture: Picture, params: UnsharpMaskParams) -> Picture:
    """Sharpen edges by adding back what a blur removes.

    Where the picture is partly transparent, hidden colours do not bleed into what is seen.
    A preview cannot show detail finer than its own pixels.
    """
    if params.amount == 0:
        return picture
    return change_visible(picture, lambda rgb: _sharpened(rgb, params))


def _sharpened(rgb: Plane, params: UnsharpMaskParams) -> Plane:
    blurred = gaussian_blur(rgb, params.radius_px)
    sharp = cv2.addWeighted(rgb, 1 + params.amount, blurred, -params.amount, 0)
    if params.threshold > 0:
        flat = cv2.absdiff(rgb, blurred) < params.threshold
        np.copyto(sharp, rgb, where=flat)
    return np.asarray(sharp, dtype=np.uint8)
