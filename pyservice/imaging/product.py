"""Where the product is, read off its mask: the one meaning of its box that framing, checks and quality share."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from pyservice.imaging.border import enclosed
from pyservice.imaging.geometry import Box
from pyservice.imaging.picture import Plane
from pyservice.imaging.pure_white import where_white, white_border_share

__all__ = ["Box", "Fill", "product_box", "product_fill", "product_on_white"]

_SOLID = 127
_SPECK_SHARE = 0.001


@dataclass(frozen=True)
class Fill:
    """How much of the canvas a product covers, the three ways marketplaces count, each 0…1."""

    bbox_area: float
    longest_side: float
    mask_area: float


def product_box(mask: Plane, above: int = _SOLID) -> Box | None:
    """The box around the solid part (> 127, or above another value) of a mask, or None if there is none.

    Specks smaller than 0.1 % of the product do not count: one stray pixel must not move the frame.
    """
    solid = np.asarray(cv2.threshold(mask, above, 1, cv2.THRESH_BINARY)[1], dtype=np.uint8)
    outlines, _ = cv2.findContours(solid, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if len(outlines) == 1:
        # One piece, as nearly always: its outline is found fifty times faster than labelled pieces.
        return Box.sized(*cv2.boundingRect(outlines[0]))
    count, _, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=8)
    if count < 2:
        return None
    parts = stats[1:]
    areas = parts[:, cv2.CC_STAT_AREA]
    kept = parts[areas >= max(1, _SPECK_SHARE * areas.sum())]
    lefts, tops = kept[:, cv2.CC_STAT_LEFT], kept[:, cv2.CC_STAT_TOP]
    rights = lefts + kept[:, cv2.CC_STAT_WIDTH]
    bottoms = tops + kept[:, cv2.CC_STAT_HEIGHT]
    return Box(int(lefts.min()), int(tops.min()), int(rights.max()), int(bottoms.max()))


def product_fill(mask: Plane, box: Box | None = None) -> Fill | None:
    """How much of its picture the product covers, or None where the mask is empty. A box already found saves time."""
    box = box or product_box(mask)
    if box is None:
        return None
    height, width = mask.shape
    return Fill(
        bbox_area=box.width * box.height / (width * height),
        longest_side=max(box.width / width, box.height / height),
        mask_area=cv2.mean(mask)[0] / 255,
    )


_WHITE_BORDER_SHARE = 0.97


def product_on_white(rgb: Plane) -> Plane | None:
    """The product of a picture that lies on pure white already, as a finished listing picture does; else None.

    uint8 H×W×3 to uint8 H×W: 255 for everything that pure white does not reach from the border. White parts of the
    product stay product, which no network can promise. None where less than 97 % of the border is 255, 255, 255,
    or where there is nothing but white.
    """
    if white_border_share(rgb) < _WHITE_BORDER_SHARE:
        return None
    product = enclosed(np.asarray(cv2.bitwise_not(where_white(rgb)), dtype=np.uint8))
    return product if product.any() else None
