"""Turn a slightly crooked picture upright."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
from pydantic import Field

from pyservice.imaging.flatten import on_white
from pyservice.imaging.geometry import RgbColor
from pyservice.imaging.picture import Picture
from pyservice.imaging.warp import turn_picture
from pyservice.operations.fields import DEG, Color, rgb
from pyservice.operations.orient.skew import Skew, line_skew, product_skew, text_skew
from pyservice.operations.product import product_plane
from pyservice.operations.registry import Context, Outcome, Params, operation

_SMALLEST_TURN_DEG = 0.1
_EVEN_LEVELS = 8


class StraightenParams(Params):
    method: Literal["auto", "product", "lines", "text"] = Field(
        "auto", description="What shows the skew: the product's shape, straight lines, or lines of text."
    )
    max_angle_deg: float = Field(
        15, gt=0, le=45, description="Larger skews are taken as intended.", json_schema_extra=DEG
    )
    fill: Color | None = Field(
        None,
        description="Colour of the uncovered corners; empty continues the picture's ground. "
        "They are transparent where the picture is.",
    )


@operation("straighten", version=1, group="orient")
def straighten(picture: Picture, params: StraightenParams, context: Context) -> Outcome:
    """Find a small skew and turn the picture upright, growing it so that nothing is cut off.

    product: the min-area rectangle or the principal axis of the mask; round products stay. lines: Hough.
    text: projection profile. auto takes a product that is a rectangle or symmetrical, else clear lines, else
    clear text, else leaves the picture, and reports which. A preview has fewer pixels to go by: where lines or
    text are unclear it may find another angle.
    """
    skew = _find_skew(picture, params, context)
    report = {"method": skew.method, "angle_deg": round(skew.angle_deg or 0.0, 2)}
    if skew.angle_deg is None:
        return Outcome(picture, report | {"reason": skew.reason})
    if abs(skew.angle_deg) < _SMALLEST_TURN_DEG:
        return Outcome(picture, report)
    color = _ground_color(picture) if params.fill is None else rgb(params.fill)
    return Outcome(turn_picture(picture, skew.angle_deg, color, expand=True), report)


def _find_skew(picture: Picture, params: StraightenParams, context: Context) -> Skew:
    # What transparency hides is not there to lean.
    seen = on_white(picture)
    if params.method == "lines":
        return line_skew(seen, params.max_angle_deg)
    if params.method == "text":
        return text_skew(seen, params.max_angle_deg)
    by_product = product_skew(product_plane(picture, context), params.max_angle_deg)
    if params.method == "product" or by_product.is_clear:
        return by_product
    for skew in (line_skew(seen, params.max_angle_deg), text_skew(seen, params.max_angle_deg)):
        if skew.is_clear:
            return skew
    return replace(by_product, angle_deg=None, reason=by_product.reason or "nothing clear to go by")


def _ground_color(picture: Picture) -> RgbColor | None:
    """The colour of an even ground, looking past a thin frame; None for an uneven one, whose edge is repeated."""
    across, down = max(1, picture.width // 25), max(1, picture.height // 25)
    planes = (picture.rgb[:down], picture.rgb[-down:], picture.rgb[:, :across], picture.rgb[:, -across:])
    ring = np.concatenate([plane.reshape(-1, 3) for plane in planes])
    ring = ring[:: max(1, len(ring) // 50_000)]
    middle = np.median(ring, axis=0)
    if np.percentile(np.abs(ring - middle).max(axis=1), 85) > _EVEN_LEVELS:
        return None
    red, green, blue = (int(value) for value in middle.round())
    return red, green, blue
