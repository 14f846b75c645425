"""Whether a white ground came through an encoder as white."""

from __future__ import annotations

import io

import cv2
import numpy as np
from PIL import Image

from pyservice.imaging.encode import on_white
from pyservice.imaging.opening import naming_errors
from pyservice.imaging.picture import Picture

# No white pixel is further than this from the edge of its 8×8 block.
BLOCK_REACH_PX = 7


def white_is_pure(original: Picture, encoded: bytes, ring_px: int = 0) -> float:
    """The share of the original's pure white pixels (255, 255, 255 once on white) that decode to pure white.

    White within ring_px of anything else is left out: a JPEG block that holds both white and product rings.
    From BLOCK_REACH_PX on, a JPEG at 4:4:4 reaches 1 at every quality. 1 where there is no white to count.
    Raises BrokenImage.
    """
    white = (on_white(original) == 255).all(axis=2).astype(np.uint8)
    if ring_px:
        side = 2 * ring_px + 1
        white = cv2.erode(white, np.ones((side, side), np.uint8), borderValue=1)
    with naming_errors("encoded"):
        decoded = np.asarray(Image.open(io.BytesIO(encoded)).convert("RGB"))
    counted = white.astype(bool)
    if not counted.any():
        return 1.0
    return float((decoded[counted] == 255).all(axis=1).mean())
