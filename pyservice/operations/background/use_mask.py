"""use-mask: cut out by a mask that a person painted or uploaded."""

from __future__ import annotations

from pydantic import Field

from pyservice.imaging.geometry import resize_plane
from pyservice.imaging.picture import Picture
from pyservice.operations.background.remove_background import cut_out, feathered, grown
from pyservice.operations.fields import PX, BlobId
from pyservice.operations.registry import Context, Outcome, Params, operation


class UseMaskParams(Params):
    """Which mask, and how its edge is treated."""

    blob: BlobId = Field(description="The mask: white is product, black is ground. Stretched to the picture.")
    grow_px: float = Field(0, ge=-20, le=20, description="Grow (or shrink, below 0) the product.", json_schema_extra=PX)
    feather_px: float = Field(0, ge=0, le=50, description="Soften the edge.", json_schema_extra=PX)


@operation("use-mask", version=1, group="background")
def use_mask(picture: Picture, params: UseMaskParams, context: Context) -> Outcome:
    """Cut the product out along a mask of your own.

    A mask of another aspect than the picture is stretched, and the report says so.
    """
    drawn = context.open_blob(params.blob)
    plane = drawn.alpha if drawn.alpha is not None else drawn.rgb[..., 1]
    mask = resize_plane(plane, picture.width, picture.height)
    cut = cut_out(picture, feathered(grown(mask, params.grow_px), params.feather_px))
    same_aspect = abs(drawn.width * picture.height - drawn.height * picture.width) <= 2 * picture.long_side
    warnings = (
        ()
        if same_aspect
        else (f"The mask is {drawn.width}×{drawn.height} and was stretched to {picture.width}×{picture.height}.",)
    )
    return Outcome(cut, report={"model": "person"}, warnings=warnings)
