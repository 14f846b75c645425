"""Give the picture more pixels."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pyservice.imaging.geometry import check_size, resize_picture
from pyservice.imaging.picture import Picture
from pyservice.operations.registry import Context, Outcome, Params, operation


class UpscaleParams(Params):
    factor: Literal[2, 3, 4] = Field(2, description="How many times as wide and as high.")
    method: Literal["lanczos"] = Field("lanczos", description="How the new pixels are found.")


@operation("upscale", version=1, group="detail")
def upscale(picture: Picture, params: UpscaleParams, context: Context) -> Outcome:
    """Enlarge the picture by a whole factor.

    A preview grows to its own bound only. Raises OutputTooLarge.
    """
    check_size(
        round(picture.width / context.scale) * params.factor,
        round(picture.height / context.scale) * params.factor,
        "upscale",
    )
    factor = float(params.factor)
    if context.max_px is not None:
        factor = min(factor, max(1.0, context.max_px / picture.long_side))
    grown = resize_picture(picture, max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    is_preview = context.max_px is not None or context.scale != 1
    return Outcome(grown, scale=context.scale * factor / params.factor if is_preview else None)
