"""Whether a white ground came through an encoder as white."""

from __future__ import annotations

import cv2
import numpy as np

from pyservice.imaging.flatten import on_white
from pyservice.imaging.picture import Picture
from pyservice.imaging.pure_white import where_white

# No white pixel is further than this from the edge of its 8×8 block.
BLOCK_REACH_PX = 7


def white_is_pure(original: Picture, decoded: Picture, ring_px: int = 0) -> float:
    """The share of the original's pure white pixels (255, 255, 255 once on white) that are so in the decoded result.

    White within ring_px of anything else is left out: a JPEG block that holds both white and product rings.
    From BLOCK_REACH_PX on, a JPEG at 4:4:4 reaches 1 at every quality. 1 where there is no white to count.
    """
    white = where_white(on_white(original))
    if ring_px:
        side = 2 * ring_px + 1
        white = np.asarray(cv2.erode(white, np.ones((side, side), np.uint8), borderValue=255), dtype=np.uint8)
    counted = cv2.countNonZero(white)
    if counted == 0:
        return 1.0
    return cv2.countNonZero(cv2.bitwise_and(white, where_white(on_white(decoded)))) / counted
