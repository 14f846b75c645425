"""Lay the picture onto a reference picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from pydantic import Field

from pyservice.imaging.flatten import on_white
from pyservice.imaging.geometry import resize_plane
from pyservice.imaging.picture import Picture, Plane
from pyservice.imaging.warp import Matrix, warp_picture
from pyservice.operations.fields import BlobId, Color, rgb
from pyservice.operations.registry import Context, Outcome, Params, operation

_WORKING_PX = 1200
_FEATURES = 3000
# Lowe, "Distinctive Image Features from Scale-Invariant Keypoints", 2004.
_RATIO = 0.75
_REPROJECTION_PX = 3.0
_STEEPEST_SCALE = 8.0


class AlignParams(Params):
    reference: BlobId | None = Field(None, description="The picture to lay this one onto; empty does nothing.")
    model: Literal["similarity", "homography"] = Field(
        "similarity", description="similarity: move, turn, scale; homography: perspective as well."
    )
    min_inliers: int = Field(
        15, ge=6, le=500, description="Fewer agreeing points than this leave the picture as it was."
    )
    fill: Color = Field("#ffffff", description="Colour of what is uncovered; it is transparent where the picture is.")


@dataclass(frozen=True)
class _Match:
    """matrix: 3×3 from the picture to the reference, or None where none was found."""

    matrix: Matrix | None
    inliers: int


@operation("align", version=1, group="orient")
def align(picture: Picture, params: AlignParams, context: Context) -> Outcome:
    """Move the picture so that it lies on the reference, and give it the reference's size.

    SIFT, Lowe's ratio test and RANSAC. Too few points that agree, or a result that makes no sense, leave the
    picture as it was, with a warning and the number of inliers. Raises NotFound for an unknown reference.
    """
    if params.reference is None:
        return Outcome(picture, {"inliers": 0}, ("No reference picture was given; nothing changed.",))
    reference = context.open_blob(params.reference)
    match = _matched(on_white(picture), on_white(reference), params)
    report = {"inliers": match.inliers, "model": params.model}
    if match.matrix is None or not _makes_sense(match.matrix, picture):
        warning = f"Only {match.inliers} points agree with the reference; the picture was left as it was."
        return Outcome(picture, report, (warning,))
    # A preview of the result is the reference at the preview's own scale.
    factor = context.scale
    if context.max_px is not None:
        factor = min(factor, context.max_px / reference.long_side)
    width, height = max(1, round(reference.width * factor)), max(1, round(reference.height * factor))
    matrix = _scaling(width / reference.width, height / reference.height) @ match.matrix
    affine = matrix[:2] if params.model == "similarity" else matrix
    warped = warp_picture(picture, affine, width, height, rgb(params.fill))
    is_preview = context.max_px is not None or context.scale != 1
    return Outcome(warped, report, scale=factor if is_preview else None)


def _matched(rgb_here: Plane, rgb_there: Plane, params: AlignParams) -> _Match:
    here, here_factor = _small_gray(rgb_here)
    there, there_factor = _small_gray(rgb_there)
    sift = cv2.SIFT.create(_FEATURES)
    points_here, about_here = sift.detectAndCompute(here, None)
    points_there, about_there = sift.detectAndCompute(there, None)
    if min(len(points_here), len(points_there)) < 2:
        return _Match(None, 0)
    pairs = cv2.BFMatcher(cv2.NORM_L2).knnMatch(about_here, about_there, k=2)
    good = [best for best, second in pairs if best.distance < _RATIO * second.distance]
    if len(good) < max(4, params.min_inliers):
        return _Match(None, len(good))
    source = np.array([points_here[pair.queryIdx].pt for pair in good], np.float32)
    target = np.array([points_there[pair.trainIdx].pt for pair in good], np.float32)
    matrix, agreeing = _fitted(source, target, params.model)
    inliers = 0 if agreeing is None else int(np.count_nonzero(agreeing))
    if matrix is None or inliers < params.min_inliers:
        return _Match(None, inliers)
    return _Match(_scaling(1 / there_factor, 1 / there_factor) @ matrix @ _scaling(here_factor, here_factor), inliers)


def _fitted(source: np.ndarray, target: np.ndarray, model: str) -> tuple[Matrix | None, np.ndarray | None]:
    if model == "homography":
        found, agreeing = cv2.findHomography(source, target, cv2.RANSAC, _REPROJECTION_PX, maxIters=5000)
        return (None if found is None else np.asarray(found, np.float64)), agreeing
    affine, agreeing = cv2.estimateAffinePartial2D(
        source, target, method=cv2.RANSAC, ransacReprojThreshold=_REPROJECTION_PX, maxIters=5000
    )
    return (None if affine is None else np.vstack([affine, [0, 0, 1]])), agreeing


def _makes_sense(matrix: Matrix, picture: Picture) -> bool:
    """Whether the picture's corners stay a convex quadrilateral of a believable size."""
    width, height = picture.width, picture.height
    corners = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], np.float64)
    moved = cv2.perspectiveTransform(corners, matrix)[0].astype(np.float32)
    if not np.isfinite(moved).all() or not cv2.isContourConvex(moved):
        return False
    grown = cv2.contourArea(moved) / (width * height)
    return 1 / _STEEPEST_SCALE**2 < grown < _STEEPEST_SCALE**2


def _scaling(across: float, down: float) -> Matrix:
    """Scale between pixel grids: distances from the picture's corner scale, not those of pixel centres."""
    return np.array([[across, 0, (across - 1) / 2], [0, down, (down - 1) / 2], [0, 0, 1]])


def _small_gray(colors: Plane) -> tuple[Plane, float]:
    gray = np.asarray(cv2.cvtColor(colors, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    factor = min(1.0, _WORKING_PX / max(gray.shape))
    small = resize_plane(gray, max(1, round(gray.shape[1] * factor)), max(1, round(gray.shape[0] * factor)))
    return small, factor
