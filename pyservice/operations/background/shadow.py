"""shadow: let the product stand on its ground again."""

from __future__ import annotations

from typing import Literal

import cv2
import numpy as np
from pydantic import Field

from pyservice.imaging.blur import gaussian_blur
from pyservice.imaging.geometry import Box
from pyservice.imaging.picture import Picture, Plane
from pyservice.imaging.product import product_box
from pyservice.imaging.strips import for_strips
from pyservice.operations.background.own_shadow import under
from pyservice.operations.fields import PX
from pyservice.operations.product import product_plane
from pyservice.operations.registry import Context, Outcome, Params, operation


class ShadowParams(Params):
    """What kind of shadow, how dark, how soft, how far away."""

    kind: Literal["drop", "contact"] = Field(
        "contact", description="contact: the product stands on the ground; drop: it floats before it."
    )
    opacity: float = Field(0.35, ge=0, le=1, description="How dark the shadow is at most.")
    softness_px: float = Field(18, ge=0, le=200, description="How soft its edge is.", json_schema_extra=PX)
    offset_x_px: float = Field(
        0, ge=-500, le=500, description="How far a drop shadow lies to the right.", json_schema_extra=PX
    )
    offset_y_px: float = Field(
        12, ge=-500, le=500, description="How far a drop shadow lies below.", json_schema_extra=PX
    )


@operation("shadow", version=1, group="background", finishing=True)
def shadow(picture: Picture, params: ShadowParams, context: Context) -> Outcome:
    """Draw a soft shadow of the product: on the ground under it, or dropped behind it.

    On a cut-out the shadow becomes part of the transparency; on a finished ground it darkens the ground.
    """
    mask = product_plane(picture, context)
    box = product_box(mask)
    if box is None or params.opacity == 0:
        return Outcome(picture)
    shape = _dropped(mask, params) if params.kind == "drop" else _on_the_floor(mask, box, params)
    softened = gaussian_blur(shape, params.softness_px / 2)
    strength = np.asarray(cv2.convertScaleAbs(softened, alpha=params.opacity), np.uint8)
    if picture.alpha is not None:
        # From here on transparency means product and shadow: only the mask still knows the product alone.
        return Outcome(under(picture.with_mask(mask), strength))
    return Outcome(_darkened(picture.with_mask(mask), mask, strength))


def _darkened(picture: Picture, mask: Plane, strength: Plane) -> Picture:
    out = np.empty_like(picture.rgb)

    def work(top: int, bottom: int) -> None:
        rows = slice(top, bottom)
        light = cv2.bitwise_not(cv2.multiply(strength[rows], 255 - mask[rows], scale=1 / 255))
        cv2.multiply(picture.rgb[rows], cv2.merge([light, light, light]), dst=out[rows], scale=1 / 255)

    for_strips(picture.width, picture.height, work)
    return picture.with_rgb(out)


def _dropped(mask: Plane, params: ShadowParams) -> Plane:
    move = np.array([[1, 0, params.offset_x_px], [0, 1, params.offset_y_px]], np.float32)
    return np.asarray(cv2.warpAffine(mask, move, (mask.shape[1], mask.shape[0])), dtype=np.uint8)


_FLATNESS = 0.06
_FOOT_SHARE = 0.12


def _on_the_floor(mask: Plane, box: Box, params: ShadowParams) -> Plane:
    """A flat ellipse as wide as the product's foot, centred on its lowest line."""
    foot = mask[box.bottom - max(1, round(box.height * _FOOT_SHARE)) : box.bottom]
    columns = np.flatnonzero((foot > 127).any(axis=0))
    left, right = (int(columns[0]), int(columns[-1])) if columns.size else (box.left, box.right)
    half_width = max(1, round((right - left) / 2))
    half_height = max(1, round(min(half_width, box.height) * _FLATNESS + params.softness_px / 4))
    drawn = np.zeros_like(mask)
    centre = ((left + right) // 2, min(box.bottom - 1, mask.shape[0] - 1))
    cv2.ellipse(drawn, centre, (half_width, half_height), 0, 0, 360, 255, -1, cv2.LINE_AA)
    return drawn
