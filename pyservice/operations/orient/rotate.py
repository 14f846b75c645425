"""Turn the picture by any angle."""

from __future__ import annotations

from pydantic import Field

from pyservice.imaging.picture import Picture
from pyservice.imaging.warp import turn_picture
from pyservice.operations.fields import ANGLE, Color, rgb
from pyservice.operations.registry import Params, operation


class RotateParams(Params):
    angle_deg: float = Field(0, ge=-180, le=180, description="How far to turn, clockwise.", json_schema_extra=ANGLE)
    expand: bool = Field(True, description="Grow the picture so that no corner is cut off; otherwise its size stays.")
    fill: Color = Field(
        "#ffffff", description="Colour of the uncovered corners; they are transparent where the picture is."
    )


@operation("rotate", version=1, group="orient")
def rotate(picture: Picture, params: RotateParams) -> Picture:
    """Turn the picture around its centre.

    Quarter turns are lossless; other angles are interpolated bicubically.
    """
    if params.angle_deg == 0:
        return picture
    return turn_picture(picture, params.angle_deg, rgb(params.fill), expand=params.expand)
