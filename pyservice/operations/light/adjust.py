"""Brightness, contrast, saturation and sharpness, as Pillow means them."""

from __future__ import annotations

import threading

import cv2
import numpy as np
from pydantic import Field

from pyservice.imaging.picture import Picture, Plane
from pyservice.imaging.strips import for_strips, rows_per_strip
from pyservice.imaging.visible import change_visible
from pyservice.operations.light.pillow_blend import Blender, blend_levels, pillow_grey
from pyservice.operations.registry import Params, operation


class AdjustParams(Params):
    brightness: float = Field(1, ge=0, le=3, description="0 is black, 1 leaves the picture as it is.")
    contrast: float = Field(1, ge=0, le=3, description="0 is plain grey, 1 leaves the picture as it is.")
    saturation: float = Field(1, ge=0, le=3, description="0 is grey, 1 leaves the picture as it is.")
    sharpness: float = Field(1, ge=0, le=3, description="0 is softened, 1 leaves the picture as it is.")


@operation("adjust", version=1, group="light")
def adjust(picture: Picture, params: AdjustParams) -> Picture:
    """Change brightness, contrast, saturation and sharpness, in this order.

    Each is Pillow's ImageEnhance to the level: rounding and clipping between them included. Contrast pivots
    on the mean grey level, sharpness blends with the 3×3 smooth, in a preview as well: what it does to the
    finest detail shows at full size only. Where the picture is partly transparent, the mean and the smooth
    know what can be seen only; there Pillow would count hidden colours.
    """
    if {params.brightness, params.contrast, params.saturation, params.sharpness} == {1}:
        return picture
    levels = _levels(picture, params)
    if params.sharpness == 1:
        return picture.with_rgb(_adjusted(picture.rgb, levels, params))
    return change_visible(picture, lambda rgb: _adjusted(rgb, levels, params))


def _adjusted(rgb: Plane, levels: Plane, params: AdjustParams) -> Plane:
    height, width = rgb.shape[:2]
    out = np.empty_like(rgb)
    blenders = threading.local()

    def work(top: int, bottom: int) -> None:
        if not hasattr(blenders, "own"):
            blenders.own = Blender(rows_per_strip(width) + 2, width)
        blender: Blender = blenders.own
        # One row more on each side: the 3×3 smooth looks at its neighbours.
        above, below = max(0, top - 1), min(height, bottom + 1)
        strip = _looked_up(rgb[above:below], levels)
        if params.saturation != 1:
            strip = blender.blend(_grey_rgb(strip), strip, params.saturation)
        if params.sharpness != 1:
            smooth = _smooth(strip, touches_top=above == top, touches_bottom=below == bottom)
            strip = blender.blend(smooth, strip, params.sharpness)
        out[top:bottom] = strip[top - above : bottom - above]

    for_strips(width, height, work)
    return out


def _levels(picture: Picture, params: AdjustParams) -> Plane:
    """Brightness and contrast as one table of 256 levels."""
    ramp = np.arange(256, dtype=np.uint8)
    bright = blend_levels(0, ramp, params.brightness)
    if params.contrast == 1:
        return bright
    return blend_levels(_mean_grey(picture, bright), bright, params.contrast)


def _mean_grey(picture: Picture, levels: Plane) -> int:
    """The mean of what can be seen, each pixel by its opacity."""
    alpha = picture.alpha if picture.alpha is not None and picture.alpha.any() else None
    total_weight = picture.width * picture.height if alpha is None else int(alpha.sum(dtype=np.int64))
    sums: list[float] = []
    lock = threading.Lock()

    def work(top: int, bottom: int) -> None:
        grey = pillow_grey(_looked_up(picture.rgb[top:bottom], levels))
        total = cv2.sumElems(grey if alpha is None else cv2.multiply(grey, alpha[top:bottom], dtype=cv2.CV_16U))[0]
        with lock:
            sums.append(total)

    for_strips(picture.width, picture.height, work)
    # Sums of whole numbers below 2^53 are exact in any order.
    return int(sum(sums) / total_weight + 0.5)


def _grey_rgb(rgb: Plane) -> Plane:
    return np.asarray(cv2.cvtColor(pillow_grey(rgb), cv2.COLOR_GRAY2RGB), dtype=np.uint8)


def _looked_up(plane: Plane, levels: Plane) -> Plane:
    return np.asarray(cv2.LUT(plane, levels), dtype=np.uint8)


def _smooth(rgb: Plane, *, touches_top: bool, touches_bottom: bool) -> Plane:
    """Pillow's ImageFilter.SMOOTH: 1 around 5, over 13; the picture's outermost pixels stay as they are."""
    if rgb.shape[0] < 3 or rgb.shape[1] < 3:
        return rgb
    kernel = np.full((3, 3), 1 / 13, np.float32)
    kernel[1, 1] = 5 / 13
    smooth = np.asarray(cv2.filter2D(rgb, -1, kernel), dtype=np.uint8)
    smooth[:, 0], smooth[:, -1] = rgb[:, 0], rgb[:, -1]
    if touches_top:
        smooth[0] = rgb[0]
    if touches_bottom:
        smooth[-1] = rgb[-1]
    return smooth
