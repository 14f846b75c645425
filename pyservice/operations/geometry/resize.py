"""Give the picture another size."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field

from pyservice.imaging.geometry import Box, check_size, crop_picture, pad_picture, resize_picture
from pyservice.imaging.picture import Picture
from pyservice.operations.fields import PX, Color, rgb
from pyservice.operations.registry import Context, Outcome, Params, operation

Size = tuple[int, int]


class ResizeParams(Params):
    width: int | None = Field(
        None, ge=1, le=20_000, description="Width asked for; empty follows the height.", json_schema_extra=PX
    )
    height: int | None = Field(
        None, ge=1, le=20_000, description="Height asked for; empty follows the width.", json_schema_extra=PX
    )
    fit: Literal["contain", "cover", "fill", "inside", "outside"] = Field(
        "inside",
        description="contain: whole picture with margins; cover: fills the size, cut in the middle; "
        "fill: stretched; inside: at most the size; outside: at least the size.",
    )
    enlarge: bool = Field(False, description="Whether a smaller picture may grow.")
    color: Color = Field("#ffffff", description="Margins of fit contain; they are transparent where the picture is.")

    def scaled(self, factor: float) -> Self:
        """The size asked for is the result's own: it does not follow the size of a preview."""
        return self


@operation("resize", version=1, group="geometry")
def resize(picture: Picture, params: ResizeParams, context: Context) -> Outcome:
    """Make the picture larger or smaller, to the size you give.

    The fits are sharp's five; area-averaging down, Lanczos up. A preview gets the size asked for or what its own
    bound allows, whichever is smaller. With one side given the other follows the aspect ratio, save for fit fill,
    which leaves it. Raises OutputTooLarge.
    """
    if params.width is None and params.height is None:
        return Outcome(picture)
    source = (round(picture.width / context.scale), round(picture.height / context.scale))
    inner, canvas = _plan(source, params)
    check_size(*canvas, "resize")
    factor = 1.0 if context.max_px is None else min(1.0, context.max_px / max(canvas))
    inner, canvas = _times(inner, factor), _times(canvas, factor)
    resized = _fitted(resize_picture(picture, *inner), canvas, rgb(params.color))
    is_preview = context.max_px is not None or context.scale != 1
    return Outcome(resized, scale=factor if is_preview else None)


def _plan(source: Size, params: ResizeParams) -> tuple[Size, Size]:
    """The size to resample to and the size of the result, both in px of the full-size run."""
    across = None if params.width is None else params.width / source[0]
    down = None if params.height is None else params.height / source[1]
    if params.fit == "fill":
        limit = float("inf") if params.enlarge else 1.0
        size = _each(source, min(across or 1, limit), min(down or 1, limit))
        return size, size
    both = [factor for factor in (across, down) if factor is not None]
    factor = max(both) if params.fit in ("cover", "outside") else min(both)
    inner = _times(source, factor if params.enlarge else min(factor, 1.0))
    if params.fit in ("inside", "outside"):
        return inner, inner
    asked = (params.width or inner[0], params.height or inner[1])
    canvas = asked if params.fit == "contain" else (min(asked[0], inner[0]), min(asked[1], inner[1]))
    return inner, canvas


def _times(size: Size, factor: float) -> Size:
    return _each(size, factor, factor)


def _each(size: Size, across: float, down: float) -> Size:
    return max(1, round(size[0] * across)), max(1, round(size[1] * down))


def _fitted(picture: Picture, canvas: Size, color: tuple[int, int, int]) -> Picture:
    """Cut or pad around the middle to the canvas."""
    width, height = min(canvas[0], picture.width), min(canvas[1], picture.height)
    left, top = (picture.width - width) // 2, (picture.height - height) // 2
    if (width, height) != (picture.width, picture.height):
        picture = crop_picture(picture, Box.sized(left, top, width, height))
    if (width, height) == canvas:
        return picture
    across, down = canvas[0] - width, canvas[1] - height
    return pad_picture(picture, down // 2, across - across // 2, down - down // 2, across // 2, color)
