"""A product on a plain white ground: what is plainly coloured there is product, whatever a network says."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pyservice.imaging.picture import Plane

_WHITE_FROM = 243
_BORDER_SHARE = 0.01
_PLAIN_SHARE = 0.6
# Of what the network calls ground. A turned photo with white corners has a white border, but no white ground.
_GROUND_SHARE = 0.65
# Shadows and reflections on white are grey and light: only what is coloured or dark counts.
_CHROMA, _DARK = 10.0, 55.0
_OPENING_SHARE = 9 / 1024


def completed(rgb: Plane, mask: Plane) -> Plane:
    """The mask with the coloured or dark regions that hang together with it, on a plain white ground.

    rgb uint8 H×W×3, mask uint8 H×W of the same size. A picture with another ground, and an empty mask, come back
    as they are. Measured on 42 such pictures: IoU .951 → .957, boundary F .877 → .892, none worse.
    """
    product = mask > 127
    if not _on_plain_white(rgb, product):
        return mask
    missing = _plainly_product(rgb) & ~product
    side = max(3, round(_OPENING_SHARE * max(mask.shape)) | 1)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    # Opening drops the rim of half-mixed pixels along a good edge.
    solid = cv2.morphologyEx(missing.astype(np.uint8), cv2.MORPH_OPEN, disc) > 0
    _, labels = cv2.connectedComponents((solid | product).astype(np.uint8), connectivity=8)
    attached = np.isin(labels, np.unique(labels[product])) & solid
    return np.where(attached, 255, mask).astype(np.uint8)


def _on_plain_white(rgb: Plane, product: NDArray[np.bool_]) -> bool:
    depth = max(2, round(max(rgb.shape[:2]) * _BORDER_SHARE))
    white = rgb.min(axis=2) >= _WHITE_FROM
    border = np.concatenate(
        [side.ravel() for side in (white[:depth], white[-depth:], white[:, :depth], white[:, -depth:])]
    )
    if border.mean() < _PLAIN_SHARE:
        return False
    ground = white[~product]
    return ground.size > 0 and bool(ground.mean() >= _GROUND_SHARE)


def _plainly_product(rgb: Plane) -> NDArray[np.bool_]:
    lab = cv2.cvtColor(np.asarray(rgb, np.float32) / 255, cv2.COLOR_RGB2Lab)
    return np.asarray((np.hypot(lab[..., 1], lab[..., 2]) > _CHROMA) | (lab[..., 0] < _DARK), dtype=np.bool_)
