"""Geometry of whole pictures: the kernels that operations, previews and the mask finder share.

Every kernel moves colours, transparency and mask together. Where a picture is partly transparent, colours
are weighted by their alpha, so that what is hidden never bleeds into what is seen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, Self

import cv2
import numpy as np
from numpy.typing import NDArray

from pyservice.errors import OutputTooLarge
from pyservice.imaging.picture import Picture, Plane

MAX_PIXELS = 100_000_000
_FAR = 3
# An opaque pixel weighs 255 times this: a cubic may overshoot by a third before 16 bits are full.
_WEIGHT = 192

RgbColor = tuple[int, int, int]
Samples = NDArray[np.unsignedinteger[Any]]
Use = Literal["colors", "weighted", "plane"]
Resample = Callable[[Samples, Use], Samples]


def check_size(width: int, height: int, what: str) -> None:
    """Raise OutputTooLarge before width×height px are allocated for `what`."""
    if width * height > MAX_PIXELS:
        raise OutputTooLarge(
            f"Expected a result of at most {MAX_PIXELS:,} pixels from {what}, received {width}×{height}"
        )


def resize_plane(plane: Plane, width: int, height: int) -> Plane:
    """Area-averaging down, Lanczos up; each direction by its own need."""
    return np.asarray(_resize(plane, width, height, cv2.INTER_LANCZOS4), dtype=np.uint8)


def resize_mask(mask: Plane, width: int, height: int) -> Plane:
    """Area-averaging down, linear up: a mask is never more certain beside its edge than it was, and never rings."""
    return np.asarray(_resize(mask, width, height, _UPWARDS["plane"]), dtype=np.uint8)


def _resize(plane: Samples, width: int, height: int, upwards: int) -> Samples:
    plane = _halved_towards(plane, width, height)
    here_height, here_width = plane.shape[:2]
    smaller = (min(width, here_width), min(height, here_height))
    if smaller != (here_width, here_height):
        plane = np.asarray(cv2.resize(plane, smaller, interpolation=cv2.INTER_AREA), dtype=plane.dtype)
    if smaller != (width, height):
        plane = np.asarray(cv2.resize(plane, (width, height), interpolation=upwards), dtype=plane.dtype)
    return plane


def _halved_towards(plane: Samples, width: int, height: int) -> Samples:
    """Average 2×2 px while far more than the size asked for: several times as fast as the general average."""
    here_height, here_width = plane.shape[:2]
    while here_width % 2 == here_height % 2 == 0 and here_width >= _FAR * width and here_height >= _FAR * height:
        here_width, here_height = here_width // 2, here_height // 2
        halved = cv2.resize(plane, (here_width, here_height), interpolation=cv2.INTER_AREA)
        plane = np.asarray(halved, dtype=plane.dtype)
    return plane


# Lanczos rings beside the hard edges of masks and alpha; a cubic undershoots there, which clips to nothing.
_UPWARDS: dict[Use, int] = {
    "colors": cv2.INTER_LANCZOS4,
    "weighted": cv2.INTER_CUBIC,
    "plane": cv2.INTER_LINEAR,
}


def resize_picture(picture: Picture, width: int, height: int) -> Picture:
    """Resize colours, transparency and mask to width×height px. Raises OutputTooLarge."""
    if (width, height) == (picture.width, picture.height):
        return picture
    check_size(width, height, "resize")
    return resampled(picture, lambda samples, use: _resize(samples, width, height, _UPWARDS[use]))


def resized_within(picture: Picture, max_px: int) -> Picture:
    """The picture with a long side of at most max_px; never enlarged."""
    factor = max_px / picture.long_side
    if factor >= 1:
        return picture
    return resize_picture(picture, max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))


def resampled(picture: Picture, resample: Resample) -> Picture:
    """A picture whose planes went through `resample`, which is told what each plane is used for.

    "colors" are plain colours, "weighted" are uint16 colours times alpha, and alpha by itself, on one scale;
    "plane" is the mask. Fully transparent pixels keep the colours they hide.
    """
    mask = None if picture.mask is None else np.asarray(resample(picture.mask, "plane"), dtype=np.uint8)
    rgb = np.asarray(resample(picture.rgb, "colors"), dtype=np.uint8)
    if picture.alpha is None:
        return Picture(rgb, None, mask)
    rgb, alpha = _resampled_by_weight(picture.rgb, picture.alpha, resample, rgb)
    if picture.mask is not None and np.array_equal(picture.mask, picture.alpha):
        # What is not there is ground, to the last pixel.
        mask = alpha
    return Picture(rgb, alpha, mask)


def _resampled_by_weight(rgb: Plane, alpha: Plane, resample: Resample, hidden: Plane) -> tuple[Plane, Plane]:
    weighted = cv2.multiply(rgb, cv2.merge([alpha, alpha, alpha]), scale=_WEIGHT / 255, dtype=cv2.CV_16U)
    sums = resample(np.asarray(weighted, np.uint16), "weighted")
    weights = resample(np.multiply(alpha, _WEIGHT, dtype=np.uint16), "weighted")
    new_alpha = np.asarray(cv2.convertScaleAbs(weights, alpha=1 / _WEIGHT), np.uint8)
    colors = cv2.divide(sums, cv2.merge([weights, weights, weights]), scale=255, dtype=cv2.CV_8U)
    cv2.copyTo(hidden, np.asarray(new_alpha == 0, np.uint8), colors)
    return np.asarray(colors, np.uint8), new_alpha


@dataclass(frozen=True)
class Box:
    """A rectangle in px: left and top inside, right and bottom just outside."""

    left: int
    top: int
    right: int
    bottom: int

    @classmethod
    def sized(cls, left: int, top: int, width: int, height: int) -> Self:
        """The box whose top left pixel, width and height are known."""
        return cls(left, top, left + width, top + height)

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top


def crop_picture(picture: Picture, box: Box) -> Picture:
    """The part of the picture inside the box, which must lie within it."""
    if box.left < 0 or box.top < 0 or box.right > picture.width or box.bottom > picture.height:
        raise ValueError(f"Expected a box within {picture.width}×{picture.height}, received {box}")
    return picture.map_planes(lambda plane: plane[box.top : box.bottom, box.left : box.right])


def pad_picture(picture: Picture, top: int, right: int, bottom: int, left: int, color: RgbColor) -> Picture:
    """Add margins in px. They are `color`; in a picture with alpha they are transparent as well."""
    check_size(picture.width + left + right, picture.height + top + bottom, "pad")

    def bordered(plane: Plane, value: RgbColor | int) -> Plane:
        scalar = value if isinstance(value, tuple) else (value,)
        out = cv2.copyMakeBorder(plane, top, bottom, left, right, cv2.BORDER_CONSTANT, value=scalar)
        return np.asarray(out, dtype=np.uint8)

    return Picture(
        bordered(picture.rgb, color),
        None if picture.alpha is None else bordered(picture.alpha, 0),
        None if picture.mask is None else bordered(picture.mask, 0),
    )


def bounding_box(plane: Plane, least: int = 128) -> Box | None:
    """The smallest box around the pixels of at least that level, or None where there are none."""
    left, top, width, height = cv2.boundingRect(np.asarray(plane >= least, np.uint8))
    return Box.sized(left, top, width, height) if width else None
