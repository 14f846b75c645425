"""A comic drawing."""

from __future__ import annotations

import cv2
import numpy as np
from pydantic import Field

from pyservice.imaging.geometry import resize_plane
from pyservice.imaging.picture import Picture, Plane
from pyservice.operations.registry import Params, operation

_WORKING_PX = 1000
_ROUNDS = 4


class CartoonParams(Params):
    levels: int = Field(12, ge=3, le=64, description="How many tones the colours keep.")
    lines: float = Field(0.5, ge=0, le=1, description="How many outlines are drawn; 0 draws none.")


@operation("cartoon", version=1, group="effects")
def cartoon(picture: Picture, params: CartoonParams) -> Picture:
    """Paint in flat colours with dark outlines (after Winnemöller, Olsen and Gooch, 2006).

    Flattened by repeated bilateral smoothing at a fixed working size, so that small and large pictures of the
    same thing look alike; L* is quantised, outlines are a thresholded difference of Gaussians.
    """
    factor = min(1.0, _WORKING_PX / picture.long_side)
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    small = resize_plane(picture.rgb, *size)
    painted = _flattened(small, params.levels)
    if params.lines > 0:
        painted = np.asarray(cv2.multiply(painted, _outlines(small, params.lines), scale=1 / 255), np.uint8)
    return picture.with_rgb(resize_plane(painted, picture.width, picture.height))


def _flattened(rgb: Plane, levels: int) -> Plane:
    lab = cv2.cvtColor(rgb, cv2.COLOR_RGB2Lab)
    for _ in range(_ROUNDS):
        lab = cv2.bilateralFilter(lab, d=9, sigmaColor=18, sigmaSpace=5)
    steps = levels - 1
    table = np.rint(np.rint(np.arange(256) / 255 * steps) / steps * 255).astype(np.uint8)
    toned = np.asarray(lab, dtype=np.uint8)
    toned[..., 0] = cv2.LUT(np.ascontiguousarray(toned[..., 0]), table)
    return np.asarray(cv2.cvtColor(toned, cv2.COLOR_Lab2RGB), dtype=np.uint8)


def _outlines(rgb: Plane, amount: float) -> Plane:
    """uint8 H×W×3: 255 paper, 0 ink."""
    gray = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    smooth = cv2.bilateralFilter(gray, d=9, sigmaColor=25, sigmaSpace=4)
    fine = cv2.GaussianBlur(smooth, (0, 0), 1.0).astype(np.float32)
    coarse = cv2.GaussianBlur(smooth, (0, 0), 2.2).astype(np.float32)
    # Darker than its surroundings by more than this many levels is a line.
    tolerance = 6 * (1 - amount) + 0.8
    ink = np.clip((coarse - fine - tolerance) / 2, 0, 1)
    paper = np.rint(255 * (1 - 0.85 * ink)).astype(np.uint8)
    return np.asarray(cv2.cvtColor(paper, cv2.COLOR_GRAY2RGB), dtype=np.uint8)
