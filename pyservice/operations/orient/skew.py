"""How far a picture leans: from its product, its lines or its text.

Angles are degrees to turn clockwise until the picture stands upright, within ± the largest angle asked for.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pyservice.imaging.geometry import resize_plane
from pyservice.imaging.picture import Plane

ROUND_AXIS_RATIO = 1.15
_WORKING_PX = 800
_RECTANGLE_SHARE = 0.9
_SYMMETRY_SHARE = 0.88
_MIRROR_PX = 256
_FEWEST_LETTERS = 20
_PEAK_DEG = 3.0
_LINE_BIN_DEG = 0.25
_TEXT_STEP_DEG = 0.25


@dataclass(frozen=True)
class Skew:
    """An angle to turn by and how it was found. None: nothing to go by, for the reason given."""

    angle_deg: float | None
    method: str
    reason: str = ""
    is_clear: bool = False


def product_skew(mask: Plane, max_angle_deg: float) -> Skew:
    """From the largest part of the product: its min-area rectangle where it fills one, else its main axis.

    Round products (axis ratio below 1.15) lean nowhere.
    """
    contours, _ = cv2.findContours(np.asarray(mask >= 128, np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return Skew(None, "product", "no product was found")
    outline = max(contours, key=cv2.contourArea)
    hull = cv2.convexHull(outline)
    _, sides, rectangle_deg = cv2.minAreaRect(hull)
    if min(sides) < 2:
        return Skew(None, "product", "the product is too thin to lean")
    is_rectangle = cv2.contourArea(hull) / (sides[0] * sides[1]) >= _RECTANGLE_SHARE
    axis_ratio, axis_deg = _principal_axis(cv2.moments(hull))
    if is_rectangle:
        axis_ratio = max(sides) / min(sides)
    if axis_ratio < ROUND_AXIS_RATIO:
        return Skew(None, "product", f"the product is round (axis ratio {axis_ratio:.2f})")
    angle_deg = -_to_nearest_axis(rectangle_deg if is_rectangle else axis_deg)
    is_clear = is_rectangle or _symmetry(outline, axis_deg) >= _SYMMETRY_SHARE
    return _within(angle_deg, "product", max_angle_deg, is_clear)


def _symmetry(outline: NDArray[Any], axis_deg: float) -> float:
    """How well the outline covers its mirror image across its axis (intersection over union).

    A bottle does; a shoe does not, and stands upright where its axis leans.
    """
    points = outline.reshape(-1, 2).astype(np.float64)
    turn = math.radians(-axis_deg)
    turned = points @ np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    moments = cv2.moments(turned.astype(np.float32).reshape(-1, 1, 2))
    if moments["m00"] == 0:
        return 0.0
    turned -= np.array([moments["m10"], moments["m01"]]) / moments["m00"]
    drawn = np.rint(turned * (_MIRROR_PX * 0.45 / max(np.abs(turned).max(), 1e-6)) + _MIRROR_PX / 2)
    plane = np.zeros((_MIRROR_PX + 1, _MIRROR_PX + 1), np.uint8)
    cv2.fillPoly(plane, [drawn.astype(np.int32)], (1,))
    mirrored = plane[::-1]
    return float((plane & mirrored).sum() / max(int((plane | mirrored).sum()), 1))


def _principal_axis(moments: dict[str, float]) -> tuple[float, float]:
    """Ratio of the axes of the ellipse with these moments, and the angle of the longer one in degrees."""
    xx, yy, xy = moments["mu20"], moments["mu02"], moments["mu11"]
    middle, spread = (xx + yy) / 2, math.hypot((xx - yy) / 2, xy)
    ratio = math.sqrt((middle + spread) / max(middle - spread, 1e-9))
    return ratio, math.degrees(0.5 * math.atan2(2 * xy, xx - yy))


def line_skew(rgb: Plane, max_angle_deg: float) -> Skew:
    """From the dominant nearly horizontal and vertical lines (Hough), weighted by their length."""
    gray = cv2.GaussianBlur(_small_gray(rgb), (0, 0), 1.0)
    high, _ = cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    shortest_px = max(gray.shape) / 10
    found = cv2.HoughLinesP(
        cv2.Canny(gray, high / 2, max(high, 1)), 1, np.pi / 720, 60, None, shortest_px, shortest_px / 10
    )
    if found is None:
        return Skew(None, "lines", "no straight lines were found")
    across, down = (found.reshape(-1, 4)[:, 2:] - found.reshape(-1, 4)[:, :2]).T.astype(np.float64)
    leaning = np.vectorize(_to_nearest_axis)(np.degrees(np.arctan2(down, across)))
    length = np.hypot(across, down)
    kept = np.abs(leaning) <= max_angle_deg
    if length[kept].sum() < max(gray.shape) / 3:
        return Skew(None, "lines", "too few lines are nearly horizontal or vertical")
    return _dominant(leaning[kept], length[kept], length.sum(), max_angle_deg)


def _dominant(
    angles: NDArray[np.float64],
    weights: NDArray[np.float64],
    all_weight: float,
    max_angle_deg: float,
) -> Skew:
    """The mean of the angles around the fullest place of their histogram."""
    edges = np.arange(-max_angle_deg - 1, max_angle_deg + 1 + _LINE_BIN_DEG, _LINE_BIN_DEG)
    counts, _ = np.histogram(angles, bins=edges, weights=weights)
    smooth = np.convolve(counts, [1, 2, 1], mode="same")
    middle = edges[int(np.argmax(smooth))] + _LINE_BIN_DEG / 2
    near = np.abs(angles - middle) <= 2 * _LINE_BIN_DEG
    angle_deg = -float(np.average(angles[near], weights=weights[near]))
    return _within(angle_deg, "lines", max_angle_deg, bool(weights[near].sum() > 0.4 * all_weight))


def text_skew(rgb: Plane, max_angle_deg: float) -> Skew:
    """From the projection profile: upright lines of text make rows of ink and rows of paper."""
    gray = _small_gray(rgb)
    block_px = max(3, (max(gray.shape) // 30) | 1)
    ink = cv2.adaptiveThreshold(gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block_px, 12)
    if not 0.002 < np.count_nonzero(ink) / ink.size < 0.4:
        return Skew(None, "text", "no text was found")
    ys, xs = np.nonzero(ink)
    points = np.stack([xs, ys]).astype(np.float64)
    angles = np.arange(-max_angle_deg, max_angle_deg + _TEXT_STEP_DEG / 2, _TEXT_STEP_DEG)
    scores = np.array([_profile_score(points, angle) for angle in angles])
    best = int(np.argmax(scores))
    # Lines of text line up at one angle; other shapes do so more or less over many.
    away = scores[np.abs(angles - angles[best]) >= _PEAK_DEG]
    if away.size == 0 or best in (0, len(angles) - 1) or scores[best] < 1.3 * away.max():
        return Skew(None, "text", "no lines of text were found")
    is_clear = scores[best] > 1.7 * away.max() and _letters(np.asarray(ink, np.uint8)) >= _FEWEST_LETTERS
    return Skew(float(angles[best]), "text", is_clear=is_clear)


def _letters(ink: Plane) -> int:
    """How many separate pieces of ink have a letter's size and shape."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    width, height = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    size = (height >= 5) & (height <= ink.shape[0] / 8) & (width >= 2) & (width <= 3 * height)
    return int(np.count_nonzero(size))


def _profile_score(points: NDArray[np.float64], angle_deg: float) -> float:
    """How sharply rows of ink alternate with paper once turned: energy of the profile's differences."""
    turn = math.radians(angle_deg)
    rows = np.rint(math.sin(turn) * points[0] + math.cos(turn) * points[1]).astype(np.int64)
    profile = np.bincount(rows - rows.min()).astype(np.float64)
    return float(np.square(np.diff(profile, prepend=0, append=0)).sum())


def _within(angle_deg: float, method: str, max_angle_deg: float, is_clear: bool) -> Skew:
    if abs(angle_deg) > max_angle_deg:
        return Skew(None, method, f"the skew of {angle_deg:.1f}° is more than asked for")
    return Skew(angle_deg, method, is_clear=is_clear)


def _to_nearest_axis(angle_deg: float) -> float:
    """The signed distance from the nearest multiple of 90°, -45…45."""
    return (angle_deg + 45) % 90 - 45


def _small_gray(rgb: Plane) -> Plane:
    gray = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    factor = min(1.0, _WORKING_PX / max(gray.shape))
    return resize_plane(gray, max(1, round(gray.shape[1] * factor)), max(1, round(gray.shape[0] * factor)))
