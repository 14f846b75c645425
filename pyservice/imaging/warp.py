"""Warp a picture by a matrix: turning, aligning and straightening perspective."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from pyservice.errors import OutputTooLarge
from pyservice.imaging.geometry import RgbColor, Samples, Use, check_size, resampled
from pyservice.imaging.picture import Picture

Matrix = NDArray[np.float64]

# OpenCV addresses the pixels of a warp with 16-bit numbers.
_LONGEST_SIDE_PX = 32_766


def warp_picture(picture: Picture, matrix: Matrix, width: int, height: int, color: RgbColor | None) -> Picture:
    """Move pixels by a 2×3 (affine) or 3×3 (projective) matrix from here to width×height px, bicubic.

    What is uncovered becomes `color`, or repeats the nearest edge where it is None; in a picture with alpha it
    is transparent as well, and it is never part of the mask. Raises OutputTooLarge.
    """
    check_size(width, height, "warp")
    if max(width, height, picture.long_side) > _LONGEST_SIDE_PX:
        raise OutputTooLarge(f"Expected sides of at most {_LONGEST_SIDE_PX} px to warp, received {max(width, height)}")

    def resample(samples: Samples, use: Use) -> Samples:
        interpolation = cv2.INTER_LINEAR if use == "plane" else cv2.INTER_CUBIC
        repeats_edge = color is None and use == "colors"
        border = cv2.BORDER_REPLICATE if repeats_edge else cv2.BORDER_CONSTANT
        value = color if color is not None and use == "colors" else (0, 0, 0)
        warp = cv2.warpAffine if len(matrix) == 2 else cv2.warpPerspective
        out = warp(samples, matrix, (width, height), flags=interpolation, borderMode=border, borderValue=value)
        return np.asarray(out, dtype=samples.dtype)

    return resampled(picture, resample)


def turn_picture(picture: Picture, angle_deg: float, color: RgbColor | None, *, expand: bool) -> Picture:
    """Turn clockwise around the centre; expand grows the picture so that no corner is lost.

    Quarter turns that keep every pixel are exact.
    """
    quarters, rest = divmod(angle_deg % 360, 90)
    same_frame = expand or quarters % 2 == 0 or picture.width == picture.height
    if rest == 0 and same_frame:
        return picture.map_planes(lambda plane: np.rot90(plane, -int(quarters)))
    width, height = (
        turned_size(picture.width, picture.height, angle_deg)
        if expand
        else (
            picture.width,
            picture.height,
        )
    )
    return warp_picture(picture, _turn(picture, angle_deg, width, height), width, height, color)


def turned_size(width: int, height: int, angle_deg: float) -> tuple[int, int]:
    """The size in px that holds width×height px turned by the angle."""
    cos, sin = abs(math.cos(math.radians(angle_deg))), abs(math.sin(math.radians(angle_deg)))
    # A hair less than the whole: 100.0000001 px are 100 px.
    return math.ceil(width * cos + height * sin - 1e-6), math.ceil(width * sin + height * cos - 1e-6)


def _turn(picture: Picture, angle_deg: float, width: int, height: int) -> Matrix:
    cos, sin = math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))
    here = ((picture.width - 1) / 2, (picture.height - 1) / 2)
    there = ((width - 1) / 2, (height - 1) / 2)
    return np.array(
        [
            [cos, -sin, there[0] - cos * here[0] + sin * here[1]],
            [sin, cos, there[1] - sin * here[0] - cos * here[1]],
        ]
    )
