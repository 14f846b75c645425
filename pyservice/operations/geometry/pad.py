"""Add margins."""

from __future__ import annotations

from pydantic import Field

from pyservice.imaging.geometry import pad_picture
from pyservice.imaging.picture import Picture
from pyservice.operations.fields import PX, Color, rgb
from pyservice.operations.registry import Params, operation


class PadParams(Params):
    top: int = Field(0, ge=0, le=10_000, description="Margin above.", json_schema_extra=PX)
    right: int = Field(0, ge=0, le=10_000, description="Margin on the right.", json_schema_extra=PX)
    bottom: int = Field(0, ge=0, le=10_000, description="Margin below.", json_schema_extra=PX)
    left: int = Field(0, ge=0, le=10_000, description="Margin on the left.", json_schema_extra=PX)
    color: Color = Field("#ffffff", description="Colour of the margins; they are transparent where the picture is.")


@operation("pad", version=1, group="geometry")
def pad(picture: Picture, params: PadParams) -> Picture:
    """Add margins around the picture.

    Raises OutputTooLarge.
    """
    if not any((params.top, params.right, params.bottom, params.left)):
        return picture
    return pad_picture(picture, params.top, params.right, params.bottom, params.left, rgb(params.color))
