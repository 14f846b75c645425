"""frame: the product at the right size, in the right place, on a canvas of the right shape."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from pydantic import Field

from pyservice.errors import NoProduct, OutputTooLarge
from pyservice.imaging.border import border_of
from pyservice.imaging.geometry import resize_picture
from pyservice.imaging.picture import Picture, Plane
from pyservice.imaging.product import Box, product_box, product_fill
from pyservice.operations.fields import PERCENT, RESULT_PX, Aspect, ratio
from pyservice.operations.product import product_plane
from pyservice.operations.registry import Context, Outcome, Params, operation

_LARGEST_SIDE_PX = 20_000
_SOFT_FROM = 1.5
_CLOSE_ENOUGH = 0.004
_ROUNDS = 3


class FrameParams(Params):
    """The canvas, and how much of it the product covers."""

    aspect: Aspect = Field("1:1", description="Width to height of the canvas.")
    fill: float = Field(0.85, ge=0.05, le=1, description="How much of the canvas the product covers.")
    fill_by: Literal["bbox-area", "longest-side", "mask-area"] = Field(
        "longest-side",
        description="What fill counts: the area of the product's box, its longest side, or its own area.",
    )
    size_px: int | None = Field(
        None,
        ge=16,
        le=10_000,
        description="Longest side of the canvas; empty keeps the product's own pixels.",
        json_schema_extra=RESULT_PX,
    )
    margin: float = Field(
        2, ge=0, le=40, description="Room that always stays free at each edge.", json_schema_extra=PERCENT
    )
    position: Literal["center", "top", "bottom", "left", "right"] = Field(
        "center", description="Where the product stands; at an edge, the margin stays free."
    )


@operation("frame", version=1, group="geometry")
def frame(picture: Picture, params: FrameParams, context: Context) -> Outcome:
    """Make the product fill the picture as much as you ask.

    The product is scaled and placed so that it covers the asked share of a canvas of the asked shape.
    The margin wins over the fill: a tall bottle cannot cover 60 % of a square, and then `fill_limited` says so.
    Canvas beyond the old picture is transparent on a cut-out, else it takes the colour of the picture's border.
    In a preview places are rounded to its own, larger pixels.
    """
    mask = product_plane(picture, context)
    box = product_box(mask)
    if box is None:
        raise NoProduct("Expected a product to frame, received a picture in which none was found")
    placing, framed = _framed(picture.with_mask(mask), box, params, context)
    enlarged = placing.factor * context.scale / placing.scale
    return Outcome(
        framed,
        report={**_report(framed, placing), "enlarged": round(max(enlarged, 1.0), 3)},
        warnings=_doubts(enlarged),
        scale=placing.scale,
    )


@dataclass(frozen=True)
class _Extent:
    """Where the product is taken to be in the old picture, in px and parts of px, and the fill to aim for."""

    left: float
    top: float
    width: float
    height: float
    fill: float


def _framed(picture: Picture, box: Box, params: FrameParams, context: Context) -> tuple[_Placing, Picture]:
    """Place the product, look where it came to be, and aim again while that is off.

    Resampling moves where a soft edge counts as product, and can break off a thin part or make a speck of it.
    """
    extent = _Extent(box.left, box.top, box.width, box.height, params.fill)
    for _ in range(_ROUNDS):
        placing = _placing(extent, picture, params, context)
        framed = _placed(picture, extent, placing)
        better = _seen(extent, placing, framed, params)
        if better is None:
            break
        extent = better
    return placing, framed


def _seen(aimed: _Extent, placing: _Placing, framed: Picture, params: FrameParams) -> _Extent | None:
    """The extent that would have put the product where it was wanted; None where it is close enough."""
    box = None if framed.mask is None else product_box(framed.mask)
    if framed.mask is None or box is None:
        return None
    fill = aimed.fill
    if params.fill_by == "mask-area" and not placing.limited:
        fill *= params.fill * placing.width * placing.height * 255 / float(framed.mask.sum(dtype=np.int64))
    moved = (box.left - placing.left, box.top - placing.top)
    grown = (box.width - aimed.width * placing.factor, box.height - aimed.height * placing.factor)
    tolerance = _CLOSE_ENOUGH * min(placing.width, placing.height)
    if max(map(abs, (*moved, *grown))) <= tolerance and abs(fill / aimed.fill - 1) <= _CLOSE_ENOUGH:
        return None
    factor = placing.factor
    left, top = aimed.left + moved[0] / factor, aimed.top + moved[1] / factor
    return _Extent(left, top, box.width / factor, box.height / factor, min(fill, 1.0))


def _doubts(enlarged: float) -> tuple[str, ...]:
    if enlarged < _SOFT_FROM:
        return ()
    return (f"The product was enlarged {enlarged:.1f}× and may look soft; a larger photo would help.",)


@dataclass(frozen=True)
class _Placing:
    """width, height: the canvas in px. factor: new product pixels per old. scale: see Outcome."""

    width: int
    height: int
    factor: float
    limited: bool
    left: float
    top: float
    scale: float


def _placing(box: _Extent, picture: Picture, params: FrameParams, context: Context) -> _Placing:
    aspect = ratio(params.aspect)
    # On a canvas whose area is 1, the product's size for which the fill is reached or the margin is.
    unit_width, unit_height = math.sqrt(aspect), 1 / math.sqrt(aspect)
    asked = _unit_factor(box, picture, params.fill_by, unit_width, unit_height)
    margin = params.margin / 100 * min(unit_width, unit_height)
    most = min((unit_width - 2 * margin) / box.width, (unit_height - 2 * margin) / box.height)
    unit_factor = min(asked, most)
    size_px = _canvas_size_px(params, context, aspect, unit_factor)
    width, height = _canvas(size_px, aspect)
    factor = unit_factor * min(width / unit_width, height / unit_height)
    free_x, free_y = width - box.width * factor, height - box.height * factor
    margin_px = params.margin / 100 * min(width, height)
    across = {"left": margin_px, "right": free_x - margin_px}.get(params.position, free_x / 2)
    down = {"top": margin_px, "bottom": free_y - margin_px}.get(params.position, free_y / 2)
    scale = context.scale if params.size_px is None else size_px / params.size_px
    return _Placing(width, height, factor, asked > most * 1.0001, across, down, scale)


def _unit_factor(box: _Extent, picture: Picture, fill_by: str, unit_width: float, unit_height: float) -> float:
    if fill_by == "longest-side":
        return box.fill / max(box.width / unit_width, box.height / unit_height)
    if fill_by == "bbox-area" or picture.mask is None:
        return math.sqrt(box.fill / (box.width * box.height))
    return math.sqrt(box.fill / max(float(picture.mask.sum(dtype=np.int64)) / 255, 1))


def _canvas_size_px(params: FrameParams, context: Context, aspect: float, unit_factor: float) -> float:
    if params.size_px is not None:
        return float(min(params.size_px, context.max_px or params.size_px))
    natural = max(math.sqrt(aspect), 1 / math.sqrt(aspect)) / unit_factor
    if natural > _LARGEST_SIDE_PX:
        raise OutputTooLarge(
            f"Expected a canvas of at most {_LARGEST_SIDE_PX} px, received {round(natural)} px for fill {params.fill}; "
            "ask for a size_px or a larger fill"
        )
    return natural


def _canvas(size_px: float, aspect: float) -> tuple[int, int]:
    width, height = (size_px, size_px / aspect) if aspect >= 1 else (size_px * aspect, size_px)
    return max(1, round(width)), max(1, round(height))


def _placed(picture: Picture, box: _Extent, placing: _Placing) -> Picture:
    """Cut what will be seen out of the old picture, resize it once, lay it on the canvas."""
    factor = placing.factor
    from_x, from_y = box.left - placing.left / factor, box.top - placing.top / factor
    left, top = max(0, math.floor(from_x)), max(0, math.floor(from_y))
    right = min(picture.width, math.ceil(from_x + placing.width / factor))
    bottom = min(picture.height, math.ceil(from_y + placing.height / factor))
    seen = picture.map_planes(lambda plane: plane[top:bottom, left:right])
    width, height = max(1, round(seen.width * factor)), max(1, round(seen.height * factor))
    resized = resize_picture(seen, width, height)
    return _on_canvas(resized, placing, round((left - from_x) * factor), round((top - from_y) * factor), picture)


def _on_canvas(resized: Picture, placing: _Placing, x: int, y: int, original: Picture) -> Picture:
    empty = _border_color(original.rgb)
    to_x, to_y = (
        slice(max(0, x), min(placing.width, x + resized.width)),
        slice(max(0, y), min(placing.height, y + resized.height)),
    )
    from_x, from_y = slice(to_x.start - x, to_x.stop - x), slice(to_y.start - y, to_y.stop - y)

    def laid(plane: Plane) -> Plane:
        canvas = np.zeros((placing.height, placing.width, *plane.shape[2:]), np.uint8)
        if plane.ndim == 3:
            canvas[:] = empty
        canvas[to_y, to_x] = plane[from_y, from_x]
        return canvas

    return resized.map_planes(laid)


def _border_color(rgb: Plane) -> Plane:
    return np.asarray(np.median(border_of(rgb), axis=0), dtype=np.uint8)


def _report(framed: Picture, placing: _Placing) -> dict[str, object]:
    fill = product_fill(framed.mask) if framed.mask is not None else None
    if fill is None:
        return {"fill_limited": placing.limited}
    return {
        "fill_bbox_area": round(fill.bbox_area, 4),
        "fill_longest_side": round(fill.longest_side, 4),
        "fill_mask_area": round(fill.mask_area, 4),
        "fill_limited": placing.limited,
    }
