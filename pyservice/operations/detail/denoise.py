"""Remove noise."""

from __future__ import annotations

from typing import Literal

import cv2
import numpy as np
from pydantic import Field

from pyservice.imaging.picture import Picture, Plane
from pyservice.operations.registry import Params, operation


class DenoiseParams(Params):
    method: Literal["bilateral", "nlmeans", "median"] = Field(
        "bilateral",
        description="bilateral: fast, keeps edges; nlmeans: best on fine grain, slow; "
        "median: removes single wrong pixels.",
    )
    strength: float = Field(0.3, ge=0, le=1, description="0 leaves the picture exactly as it is.")


@operation("denoise", version=1, group="detail")
def denoise(picture: Picture, params: DenoiseParams) -> Picture:
    """Remove noise and keep edges.

    bilateral: Tomasi and Manduchi, 1998, over 4 px. nlmeans: Buades, Coll and Morel, 2005, on L*a*b*, chroma
    stronger. median: 3×3, 5×5 or 7×7 px by strength.
    """
    if params.strength == 0:
        return picture
    return picture.with_rgb(_METHODS[params.method](picture.rgb, params.strength))


def _bilateral(rgb: Plane, strength: float) -> Plane:
    out = cv2.bilateralFilter(rgb, d=9, sigmaColor=5 + 70 * strength, sigmaSpace=1 + 3 * strength)
    return np.asarray(out, dtype=np.uint8)


def _nlmeans(rgb: Plane, strength: float) -> Plane:
    lightness, chroma = 1 + 14 * strength, 2 + 18 * strength
    out = cv2.fastNlMeansDenoisingColored(
        rgb, None, h=lightness, hColor=chroma, templateWindowSize=5, searchWindowSize=11
    )
    return np.asarray(out, dtype=np.uint8)


def _median(rgb: Plane, strength: float) -> Plane:
    size_px = 3 if strength <= 1 / 3 else 5 if strength <= 2 / 3 else 7
    return np.asarray(cv2.medianBlur(rgb, size_px), dtype=np.uint8)


_METHODS = {"bilateral": _bilateral, "nlmeans": _nlmeans, "median": _median}
