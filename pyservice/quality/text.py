"""A cheap look for lettering outside the product: captions, prices, watermarks."""

from __future__ import annotations

import cv2
import numpy as np

from pyservice.imaging.picture import Plane
from pyservice.quality.subject import Subject, scaled_to

TEXT_PX = 800
MIN_CONTRAST = 24
LINE_HEIGHT_PX = (6, 90)
LINE_ASPECT = 1.8
INK_SHARE = (0.25, 0.9)
MIN_STROKES_PER_HEIGHT = 1.0

Box = tuple[int, int, int, int]


def measure_text(subject: Subject) -> dict[str, float | tuple[Box, ...] | None]:
    """text_outside_percent and text_boxes: a hint for a person. It reads nothing and knows no alphabet.

    Looks for rows of steep strokes: morphological gradient, joined along the line, then kept if the shape
    is wide, evenly inked and crossed by many strokes. Textured grounds can fool it; None without a mask.
    """
    if subject.ground is None or not subject.ground.any():
        return {"text_outside_percent": None, "text_boxes": ()}
    grey = scaled_to(subject.grey, TEXT_PX, enlarge=False)
    size = (grey.shape[1], grey.shape[0])
    ground = np.asarray(cv2.resize(subject.ground, size, interpolation=cv2.INTER_NEAREST), dtype=np.uint8)
    steep = _steep(grey, ground)
    boxes = [box for box in _lines(steep) if _looks_written(box, steep, grey)]
    covered = sum(width * height for _, _, width, height in boxes)
    factor = max(subject.width, subject.height) / max(size)
    return {
        "text_outside_percent": min(100.0, 100 * covered / max(1, int(np.count_nonzero(ground)))),
        "text_boxes": tuple(_enlarged(box, factor) for box in boxes),
    }


def _steep(grey: Plane, ground: Plane) -> Plane:
    gradient = cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    _, steep = cv2.threshold(gradient, MIN_CONTRAST, 255, cv2.THRESH_BINARY)
    return np.asarray(cv2.bitwise_and(steep, ground), dtype=np.uint8)


def _lines(steep: Plane) -> list[Box]:
    joined = cv2.morphologyEx(steep, cv2.MORPH_CLOSE, np.ones((3, 13), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes = [(int(x), int(y), int(width), int(height)) for x, y, width, height, _ in stats[1:]]
    low, high = LINE_HEIGHT_PX
    return [box for box in boxes if low <= box[3] <= high and box[2] >= LINE_ASPECT * box[3]]


def _looks_written(box: Box, steep: Plane, grey: Plane) -> bool:
    x, y, width, height = box
    ink = steep[y : y + height, x : x + width] > 0
    if not INK_SHARE[0] <= ink.mean() <= INK_SHARE[1]:
        return False
    patch = grey[y : y + height, x : x + width].astype(np.int16)
    above = patch > (int(patch.min()) + int(patch.max())) // 2
    crossings = np.count_nonzero(above[:, 1:] != above[:, :-1], axis=1)
    strokes = float(np.median(crossings)) / 2
    return bool(strokes >= 3 and strokes * height / width >= MIN_STROKES_PER_HEIGHT * 0.35)


def _enlarged(box: Box, factor: float) -> Box:
    x, y, width, height = (round(side * factor) for side in box)
    return x, y, width, height
