"""The picture made ready for measuring: flattened, shrunk to the working size, product apart from ground."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from pyservice.imaging.flatten import on_white
from pyservice.imaging.picture import Picture, Plane
from pyservice.quality.product_place import MaskSource, find_product

WORK_PX = 400
DETAIL_PX = 768
PRODUCT = 128
GROUND_CLEARANCE = 0.004

Floats = NDArray[np.float32]
Region = NDArray[np.bool_]


def to_lab(rgb: Plane) -> Floats:
    """CIE L*a*b* (D65) of sRGB colours; uint8 …×3 in, float32 …×3 out with L* 0…100."""
    return np.asarray(cv2.cvtColor(rgb.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), dtype=np.float32)


def scaled_to(plane: Plane, long_side_px: int, *, enlarge: bool) -> Plane:
    """The plane with its long side at long_side_px: area-averaged down, cubic up if wanted."""
    factor = long_side_px / max(plane.shape[:2])
    if factor == 1 or (factor > 1 and not enlarge):
        return plane
    size = (max(1, round(plane.shape[1] * factor)), max(1, round(plane.shape[0] * factor)))
    interpolation = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(plane, size, interpolation=interpolation), dtype=np.uint8)


@dataclass(frozen=True)
class Subject:
    """A picture under measurement. `rgb` is flattened on white; `mask` is uint8 H×W or None."""

    rgb: Plane
    alpha: Plane | None
    mask: Plane | None
    mask_source: MaskSource

    @property
    def width(self) -> int:
        return int(self.rgb.shape[1])

    @property
    def height(self) -> int:
        return int(self.rgb.shape[0])

    @cached_property
    def grey(self) -> Plane:
        """Luma at full size."""
        return np.asarray(cv2.cvtColor(self.rgb, cv2.COLOR_RGB2GRAY), dtype=np.uint8)

    @cached_property
    def work_rgb(self) -> Plane:
        """The colours at the working size."""
        return scaled_to(self.rgb, WORK_PX, enlarge=False)

    @cached_property
    def work_lab(self) -> Floats:
        """L*a*b* at the working size."""
        return to_lab(self.work_rgb)

    @cached_property
    def work_mask(self) -> Plane | None:
        """The mask at the working size, 1 = product."""
        if self.mask is None:
            return None
        small = scaled_to(self.mask, WORK_PX, enlarge=False)
        return np.asarray(small >= PRODUCT, dtype=np.uint8)

    @cached_property
    def work_product(self) -> Region:
        """Where the product is, at the working size; everywhere when nobody knows."""
        mask = self.work_mask
        return np.ones(self.work_rgb.shape[:2], np.bool_) if mask is None or not mask.any() else mask > 0

    def product_at(self, plane: Plane) -> Plane:
        """255 where the product is on a scaled copy of the picture; everywhere when nobody knows."""
        everywhere = np.full(plane.shape[:2], 255, dtype=np.uint8)
        if self.mask is None:
            return everywhere
        small = cv2.resize(self.mask, (plane.shape[1], plane.shape[0]), interpolation=cv2.INTER_LINEAR)
        region = np.asarray((small >= PRODUCT) * np.uint8(255), dtype=np.uint8)
        return region if region.any() else everywhere

    @cached_property
    def ground(self) -> Plane | None:
        """255 where only ground is, a little away from the product's soft edge; None when nobody knows."""
        if self.mask is None:
            return None
        reach_px = max(1, round(GROUND_CLEARANCE * max(self.rgb.shape[:2])))
        kernel = np.ones((2 * reach_px + 1, 2 * reach_px + 1), dtype=np.uint8)
        near = cv2.dilate(cv2.threshold(self.mask, 0, 255, cv2.THRESH_BINARY)[1], kernel)
        return np.asarray(cv2.bitwise_not(near), dtype=np.uint8)


def subject_of(picture: Picture) -> Subject:
    """Flatten transparency onto white, as a shop page would, and find where the product is."""
    mask, source = find_product(picture)
    return Subject(on_white(picture), picture.alpha, mask, source)
