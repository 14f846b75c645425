"""Cut away an empty border."""

from __future__ import annotations

import cv2
import numpy as np
from pydantic import Field

from pyservice.imaging.border import border_of
from pyservice.imaging.geometry import bounding_box, crop_picture
from pyservice.imaging.picture import Picture, Plane
from pyservice.operations.registry import Outcome, Params, operation


class TrimParams(Params):
    tolerance: int = Field(
        10, ge=0, le=255, description="How far a colour may differ from the border's and still be empty."
    )


@operation("trim", version=1, group="geometry")
def trim(picture: Picture, params: TrimParams) -> Outcome:
    """Cut away a border of one colour, or of nothing where the picture is transparent.

    The border's colour is the median of the outermost pixels; a channel differing by more than the tolerance
    is content. A picture that is all border stays as it is, with a warning.
    """
    box = bounding_box(_content(picture, params.tolerance), least=1)
    if box is None:
        return Outcome(picture, warnings=("The whole picture looks like border; nothing was cut.",))
    report = {"left": box.left, "top": box.top, "width": box.width, "height": box.height}
    return Outcome(crop_picture(picture, box), report)


def _content(picture: Picture, tolerance: int) -> Plane:
    """uint8 H×W, 0 where the picture is empty."""
    if picture.alpha is not None and picture.alpha.min() == 0:
        return picture.alpha
    rgb = picture.rgb
    border = np.median(border_of(rgb), axis=0).round()
    low, high = np.clip([border - tolerance, border + tolerance], 0, 255)
    return np.asarray(cv2.bitwise_not(cv2.inRange(rgb, low, high)), dtype=np.uint8)
