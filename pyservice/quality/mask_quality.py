"""How trustworthy the cut-out looks from its shape alone."""

from __future__ import annotations

import cv2
import numpy as np

from pyservice.quality.subject import PRODUCT, Subject

NOTABLE_SHARE = 0.0005
SOFT = (16, 239)
UNKNOWN: dict[str, float | int | None] = dict.fromkeys(
    (
        "mask_hole_count",
        "mask_hole_percent",
        "mask_component_count",
        "mask_stray_percent",
        "mask_soft_band",
    )
)


def measure_mask(subject: Subject) -> dict[str, float | int | None]:
    """Holes, stray pieces and the softness of the edge; None without a mask."""
    small = subject.work_mask
    if small is None:
        return dict(UNKNOWN)
    area = int(small.sum())
    if not area:
        return dict(UNKNOWN)
    pieces = _areas(small, NOTABLE_SHARE * area)
    around = cv2.copyMakeBorder(1 - small, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=1)
    openings = sorted(_areas(np.asarray(around, dtype=np.uint8), 0), reverse=True)
    outside = _outside_area(np.asarray(around, dtype=np.uint8))
    openings.remove(outside)
    holes = [opening for opening in openings if opening > NOTABLE_SHARE * area]
    return {
        "mask_hole_count": len(holes),
        "mask_hole_percent": 100 * sum(holes) / area,
        "mask_component_count": len(pieces),
        "mask_stray_percent": 100 * (1 - max(pieces, default=0) / area),
        "mask_soft_band": _soft_band(subject),
    }


def _areas(region: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], least: float) -> list[int]:
    _, _, stats, _ = cv2.connectedComponentsWithStats(region, connectivity=8)
    return [int(area) for area in stats[1:, cv2.CC_STAT_AREA] if area > least]


def _outside_area(around: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> int:
    """Area of the ground that reaches the border, which the padding joins into one."""
    area, *_ = cv2.floodFill(around.copy(), None, (0, 0), 2, flags=8)
    return int(area)


def _soft_band(subject: Subject) -> float | None:
    if subject.mask is None:
        return None
    product = np.asarray(subject.mask >= PRODUCT, dtype=np.uint8)
    outline_px = int(np.count_nonzero(product)) - int(np.count_nonzero(cv2.erode(product, np.ones((3, 3), np.uint8))))
    if not outline_px:
        return None
    soft = int(np.count_nonzero(cv2.inRange(subject.mask, *SOFT)))
    return 1000 * soft / outline_px / max(subject.width, subject.height)
