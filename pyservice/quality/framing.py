"""Where the product sits in the frame, and how straight."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from pyservice.imaging.picture import Plane
from pyservice.imaging.product import product_box, product_fill
from pyservice.quality.metrics import Side
from pyservice.quality.subject import PRODUCT, Subject

ROUND_AXIS_RATIO = 1.15
BOX_LIKE_SHARE = 0.85


def measure_framing(subject: Subject) -> dict[str, Any]:
    """Fill in three ways, centring, touched edges and tilt; None without a mask."""
    box = None if subject.mask is None else product_box(subject.mask)
    fill = None if subject.mask is None or box is None else product_fill(subject.mask, box)
    if subject.mask is None or box is None or fill is None:
        unknown = dict.fromkeys(
            (
                "fill_bbox_area",
                "fill_longest_side",
                "fill_mask_area",
                "centring_offset",
                "touched_edge_count",
                "tilt_deg",
            )
        )
        return {**unknown, "touched_edges": ()}
    touched = _touched_edges(subject.mask)
    return {
        "fill_bbox_area": fill.bbox_area,
        "fill_longest_side": fill.longest_side,
        "fill_mask_area": fill.mask_area,
        "centring_offset": max(
            abs((box.left + box.right) / (2 * subject.width) - 0.5),
            abs((box.top + box.bottom) / (2 * subject.height) - 0.5),
        ),
        "touched_edges": touched,
        "touched_edge_count": len(touched),
        "tilt_deg": None if subject.work_mask is None else _tilt(subject.work_mask),
    }


def _touched_edges(mask: Plane) -> tuple[Side, ...]:
    edges: tuple[tuple[Side, Plane], ...] = (
        ("left", mask[:, 0]),
        ("top", mask[0]),
        ("right", mask[:, -1]),
        ("bottom", mask[-1]),
    )
    return tuple(side for side, line in edges if line.max() >= PRODUCT)


def _tilt(product: Plane) -> float | None:
    """Degrees in −45…45. A box-like product by its smallest rectangle, another by its principal axis."""
    points = cv2.findNonZero(product)
    if points is None or len(points) < 16:
        return None
    hull = cv2.convexHull(points)
    _, (side, other), angle_deg = cv2.minAreaRect(hull)
    if side * other > 0 and len(points) / (side * other) > BOX_LIKE_SHARE:
        return _from_nearest_axis(angle_deg)
    moments = cv2.moments(product, binaryImage=True)
    spread = np.array([[moments["mu20"], moments["mu11"]], [moments["mu11"], moments["mu02"]]])
    short, long = np.linalg.eigvalsh(spread)
    if long < ROUND_AXIS_RATIO**2 * max(short, 1e-9):
        return None
    axis_deg = 0.5 * np.degrees(np.arctan2(2 * moments["mu11"], moments["mu20"] - moments["mu02"]))
    return _from_nearest_axis(float(axis_deg))


def _from_nearest_axis(angle_deg: float) -> float:
    return (angle_deg + 45) % 90 - 45
