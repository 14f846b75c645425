"""Cut out a rectangle."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import ConfigDict, Field, model_validator

from pyservice.imaging.geometry import Box, crop_picture
from pyservice.imaging.picture import Picture
from pyservice.operations.fields import BOX
from pyservice.operations.registry import Params, operation

_LENGTHS = ("x", "y", "width", "height")


class CropParams(Params):
    model_config = ConfigDict(json_schema_extra=BOX)

    unit: Literal["percent", "px"] = Field("percent", description="What the four numbers count.")
    x: float = Field(0, ge=0, le=100_000, description="Left edge of the part to keep.")
    y: float = Field(0, ge=0, le=100_000, description="Top edge of the part to keep.")
    width: float = Field(100, gt=0, le=100_000, description="Width of the part to keep.")
    height: float = Field(100, gt=0, le=100_000, description="Height of the part to keep.")

    @model_validator(mode="after")
    def _percent_is_within_the_picture(self) -> Self:
        if self.unit == "percent" and max(getattr(self, name) for name in _LENGTHS) > 100:
            raise ValueError("Expected x, y, width and height of at most 100 percent")
        return self

    def scaled(self, factor: float) -> Self:
        """Only lengths in px follow the size of the picture."""
        if self.unit == "percent" or factor == 1:
            return self
        return self.model_copy(update={name: getattr(self, name) * factor for name in _LENGTHS})


@operation("crop", version=1, group="geometry")
def crop(picture: Picture, params: CropParams) -> Picture:
    """Keep a rectangle of the picture.

    What lies outside the picture is ignored; at least one pixel remains.
    """
    across, down = (picture.width / 100, picture.height / 100) if params.unit == "percent" else (1.0, 1.0)
    left, width = _span(params.x * across, params.width * across, picture.width)
    top, height = _span(params.y * down, params.height * down, picture.height)
    return crop_picture(picture, Box.sized(left, top, width, height))


def _span(start: float, length: float, available: int) -> tuple[int, int]:
    first = min(round(start), available - 1)
    last = min(max(round(start + length), first + 1), available)
    return first, last - first
