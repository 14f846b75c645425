"""use-mask: cut out by a mask that a person painted or uploaded."""

from __future__ import annotations

from pydantic import Field

from pyservice.imaging.geometry import resize_mask
from pyservice.imaging.picture import Picture
from pyservice.operations.background.remove_background import cut_out, feathered, grown
from pyservice.operations.fields import PX, MaskId
from pyservice.operations.registry import Context, Outcome, Params, ProductMask, operation


class UseMaskParams(Params):
    """Which mask, and how its edge is treated."""

    blob: MaskId = Field(description="The mask: white is product, black is ground. Stretched to the picture.")
    grow_px: float = Field(0, ge=-20, le=20, description="Grow (or shrink, below 0) the product.", json_schema_extra=PX)
    feather_px: float = Field(0, ge=0, le=50, description="Soften the edge.", json_schema_extra=PX)


@operation("use-mask", version=1, group="background", title="Painted mask")
def use_mask(picture: Picture, params: UseMaskParams, context: Context) -> Outcome:
    """Cut the product out along a mask of your own.

    A mask of another aspect than the picture was probably drawn on another frame of it (before a crop, a turn):
    it is stretched, with a warning.
    """
    drawn = context.open_blob(params.blob)
    plane = drawn.alpha if drawn.alpha is not None and drawn.alpha.min() < 255 else drawn.rgb[..., 1]
    mask = resize_mask(plane, picture.width, picture.height)
    cut = cut_out(picture, feathered(grown(mask, params.grow_px), params.feather_px))
    report = {"model": "person"}
    doubts = _doubts(drawn, picture, context.scale)
    return Outcome(cut, report=report, doubts=doubts, told=ProductMask(mask, report))


def _doubts(drawn: Picture, picture: Picture, scale: float) -> tuple[str, ...]:
    """A warning unless the two have one aspect, up to a pixel of the smaller one."""
    stretch = abs(drawn.width * picture.height - drawn.height * picture.width)
    if stretch <= min(max(drawn.width, picture.width), max(drawn.height, picture.height)):
        return ()
    width, height = round(picture.width / scale), round(picture.height / scale)
    return (
        f"The mask is {drawn.width}×{drawn.height}, the picture {width}×{height}: it seems to belong to another "
        "frame of the picture, and was stretched.",
    )
