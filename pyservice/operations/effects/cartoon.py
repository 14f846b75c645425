"""A comic drawing."""

from __future__ import annotations

import cv2
import numpy as np
from pydantic import Field

from pyservice.imaging.geometry import resize_plane
from pyservice.imaging.picture import Picture, Plane
from pyservice.imaging.visible import change_visible
from pyservice.operations.registry import Context, Params, operation

_WORKING_PX = 1000
_ROUNDS = 4


class CartoonParams(Params):
    levels: int = Field(12, ge=3, le=64, description="How many tones the colours keep.")
    lines: float = Field(0.5, ge=0, le=1, description="How many outlines are drawn; 0 draws none.")


@operation("cartoon", version=1, group="effects")
def cartoon(picture: Picture, params: CartoonParams, context: Context) -> Picture:
    """Paint in flat colours with dark outlines.

    After Winnemöller, Olsen and Gooch, 2006.
    Flattened by repeated bilateral smoothing at a fixed working size, so that small and large pictures of the
    same thing look alike; L* is quantised, outlines are a thresholded difference of Gaussians.
    A preview smaller than the working size shows it approximately.
    """
    factor = min(1.0, _WORKING_PX / picture.long_side)
    # A preview may have fewer pixels than the working size of the full picture: its kernels shrink with it.
    scale = factor / min(1.0, _WORKING_PX * context.scale / picture.long_side) * context.scale
    return change_visible(picture, lambda rgb: _drawn(rgb, params, factor, scale))


def _drawn(rgb: Plane, params: CartoonParams, factor: float, scale: float) -> Plane:
    height, width = rgb.shape[:2]
    small = resize_plane(rgb, max(1, round(width * factor)), max(1, round(height * factor)))
    painted = _flattened(small, params.levels, scale)
    if params.lines > 0:
        painted = np.asarray(cv2.multiply(painted, _outlines(small, params.lines, scale), scale=1 / 255), np.uint8)
    return resize_plane(painted, width, height)


def _bilateral(plane: Plane, color_sigma: float, space_sigma_px: float, scale: float) -> Plane:
    side_px = 2 * max(1, round(4 * scale)) + 1
    out = cv2.bilateralFilter(plane, d=side_px, sigmaColor=color_sigma, sigmaSpace=space_sigma_px * scale)
    return np.asarray(out, dtype=np.uint8)


def _flattened(rgb: Plane, levels: int, scale: float) -> Plane:
    toned = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2Lab), dtype=np.uint8)
    for _ in range(_ROUNDS):
        toned = _bilateral(toned, 18, 5, scale)
    steps = levels - 1
    table = np.rint(np.rint(np.arange(256) / 255 * steps) / steps * 255).astype(np.uint8)
    toned[..., 0] = cv2.LUT(np.ascontiguousarray(toned[..., 0]), table)
    return np.asarray(cv2.cvtColor(toned, cv2.COLOR_Lab2RGB), dtype=np.uint8)


def _outlines(rgb: Plane, amount: float, scale: float) -> Plane:
    """uint8 H×W×3: 255 paper, 0 ink."""
    gray = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)
    smooth = _bilateral(gray, 25, 4, scale)
    fine = cv2.GaussianBlur(smooth, (0, 0), max(0.3, 1.0 * scale)).astype(np.float32)
    coarse = cv2.GaussianBlur(smooth, (0, 0), max(0.3, 2.2 * scale)).astype(np.float32)
    # Darker than its surroundings by more than this many levels is a line.
    tolerance = 6 * (1 - amount) + 0.8
    ink = np.clip((coarse - fine - tolerance) / 2, 0, 1)
    paper = np.rint(255 * (1 - 0.85 * ink)).astype(np.uint8)
    return np.asarray(cv2.cvtColor(paper, cv2.COLOR_GRAY2RGB), dtype=np.uint8)
