"""Remove noise."""

from __future__ import annotations

from typing import Literal

import cv2
import numpy as np
from pydantic import Field

from pyservice.imaging.picture import Picture, Plane
from pyservice.imaging.visible import change_visible
from pyservice.operations.registry import Context, Params, operation


class DenoiseParams(Params):
    method: Literal["bilateral", "nlmeans", "median"] = Field(
        "bilateral",
        description="bilateral: fast, keeps edges; nlmeans: best on fine grain, slow; "
        "median: removes single wrong pixels.",
    )
    strength: float = Field(0.3, ge=0, le=1, description="0 leaves the picture exactly as it is.")


@operation("denoise", version=1, group="detail")
def denoise(picture: Picture, params: DenoiseParams, context: Context) -> Picture:
    """Remove noise and keep edges.

    bilateral: Tomasi and Manduchi, 1998, over 4 px. nlmeans: Buades, Coll and Morel, 2005, on L*a*b*, chroma
    stronger. median: 3×3, 5×5 or 7×7 px by strength. A preview looks over as much of the picture, in fewer
    pixels; it shows less noise to begin with.
    """
    if params.strength == 0:
        return picture
    return change_visible(picture, lambda rgb: _METHODS[params.method](rgb, params.strength, context.scale))


def _bilateral(rgb: Plane, strength: float, scale: float) -> Plane:
    side_px = 2 * max(1, round(4 * scale)) + 1
    space_px = max(0.5, (1 + 3 * strength) * scale)
    out = cv2.bilateralFilter(rgb, d=side_px, sigmaColor=5 + 70 * strength, sigmaSpace=space_px)
    return np.asarray(out, dtype=np.uint8)


def _nlmeans(rgb: Plane, strength: float, scale: float) -> Plane:
    lightness, chroma = 1 + 14 * strength, 2 + 18 * strength
    patch_px, search_px = 2 * max(1, round(2 * scale)) + 1, 2 * max(2, round(5 * scale)) + 1
    out = cv2.fastNlMeansDenoisingColored(
        rgb, None, h=lightness, hColor=chroma, templateWindowSize=patch_px, searchWindowSize=search_px
    )
    return np.asarray(out, dtype=np.uint8)


def _median(rgb: Plane, strength: float, scale: float) -> Plane:
    radius_px = round((1 if strength <= 1 / 3 else 2 if strength <= 2 / 3 else 3) * scale)
    return np.asarray(cv2.medianBlur(rgb, 2 * radius_px + 1), dtype=np.uint8) if radius_px else rgb


_METHODS = {"bilateral": _bilateral, "nlmeans": _nlmeans, "median": _median}
