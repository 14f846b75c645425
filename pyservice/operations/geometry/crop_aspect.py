"""Cut to a shape."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pyservice.imaging.geometry import Box, crop_picture
from pyservice.imaging.picture import Picture
from pyservice.imaging.product import product_box
from pyservice.operations.fields import PLACES, Aspect, Place, ratio
from pyservice.operations.product import product_plane
from pyservice.operations.registry import Context, Outcome, Params, operation


class CropAspectParams(Params):
    aspect: Aspect = Field("1:1", description="Width to height of the result, like 4:3.")
    gravity: Literal[Place, "product"] = Field(
        "center", description="Which part stays; product keeps the product in the middle."
    )


@operation("crop-aspect", version=1, group="geometry")
def crop_aspect(picture: Picture, params: CropAspectParams, context: Context) -> Outcome:
    """Cut the picture to an aspect ratio, losing as little of it as possible.

    Where gravity is product and none is found, the middle stays, with a warning.
    """
    wanted = ratio(params.aspect)
    width = min(picture.width, max(1, round(picture.height * wanted)))
    height = min(picture.height, max(1, round(picture.width / wanted)))
    if (width, height) == (picture.width, picture.height):
        return Outcome(picture, {"gravity": params.gravity})
    if params.gravity != "product":
        across, down = PLACES[params.gravity]
        left, top = round((picture.width - width) * across), round((picture.height - height) * down)
        return Outcome(crop_picture(picture, Box.sized(left, top, width, height)), {"gravity": params.gravity})
    product = product_box(product_plane(picture, context))
    if product is None:
        middle = crop_aspect(picture, params.model_copy(update={"gravity": "center"}), context)
        return Outcome(middle.picture, middle.report, ("No product was found; the middle was kept.",))
    box = Box.sized(
        _start(product.left + product.width / 2, width, picture.width),
        _start(product.top + product.height / 2, height, picture.height),
        width,
        height,
    )
    return Outcome(crop_picture(picture, box), {"gravity": "product"})


def _start(middle: float, length: int, available: int) -> int:
    return min(max(round(middle - length / 2), 0), available - length)
