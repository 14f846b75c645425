"""background: put the product on another ground."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, Self

import cv2
import numpy as np
from pydantic import ConfigDict, Field, model_validator

from pyservice.imaging.blur import gaussian_blur
from pyservice.imaging.geometry import resize_plane
from pyservice.imaging.picture import Picture, Plane
from pyservice.imaging.visible import spread
from pyservice.operations.background.remove_background import cut_out, doubts
from pyservice.operations.fields import BACKDROP, PX, BlobId, Color, rgb
from pyservice.operations.product import is_cut_out
from pyservice.operations.registry import Context, MaskWish, Outcome, Params, operation


class BackgroundParams(Params):
    """What lies behind the product."""

    model_config = ConfigDict(json_schema_extra=BACKDROP)

    kind: Literal["color", "transparent", "image", "blur", "gradient"] = Field(
        "color", description="A plain color, nothing, another picture, the old ground blurred, or a gradient."
    )
    color: Color = Field(
        "#ffffff", description="The color, the gradient's upper end, or what shows through the gaps of a picture."
    )
    color_to: Color = Field("#e8e8e8", description="The gradient's lower end.")
    blob: BlobId | None = Field(None, description="The picture to lie behind; it covers the whole ground.")
    blur_radius_px: float = Field(
        20, ge=0.5, le=200, description="How far the old ground is blurred.", json_schema_extra=PX
    )

    @model_validator(mode="after")
    def _image_has_blob(self) -> Self:
        if self.kind == "image" and self.blob is None:
            raise ValueError("Expected a blob where kind is image")
        return self


@operation("background", version=1, group="background", finishing=True)
def background(picture: Picture, params: BackgroundParams, context: Context) -> Outcome:
    """Put the product on a plain color, a gradient, a picture, its own blurred ground, or nothing.

    A picture that nobody has cut out yet is cut out first. The product's mask stays with the picture.
    """
    cut = Outcome(picture) if is_cut_out(picture) else _cut(picture, context)
    if params.kind == "transparent":
        return cut
    return replace(cut, picture=on_ground(cut.picture, _ground(cut.picture, params, context)))


def _cut(picture: Picture, context: Context) -> Outcome:
    if picture.mask is not None:
        return Outcome(cut_out(picture, picture.mask))
    found = context.product_mask(picture, MaskWish())
    return Outcome(cut_out(picture, found.plane), found.report, doubts=doubts(found.plane, found.report))


# Resampling leaves a last trace of the product around it; nobody sees it, but it would be a 254 in the ground.
_INVISIBLE = 2


def on_ground(cut: Picture, ground: Plane) -> Picture:
    """Flatten a cut-out onto a ground (uint8 H×W×3, or one color as 1×1×3). Pure ground stays exactly itself."""
    alpha = cut.alpha
    if alpha is None:
        return cut
    result = np.empty_like(cut.rgb)
    result[:] = ground
    cv2.copyTo(cut.rgb, np.asarray(cv2.inRange(alpha, 255, 255)), result)
    rows, columns = np.nonzero((alpha > _INVISIBLE) & (alpha < 255))
    share = alpha[rows, columns].astype(np.float32)[:, None] / 255
    behind = result[rows, columns].astype(np.float32)
    result[rows, columns] = np.rint(cut.rgb[rows, columns] * share + behind * (1 - share)).astype(np.uint8)
    # Whoever never found the mask still knows the product: it is what was not transparent.
    return Picture(result, None, cut.mask if cut.mask is not None else alpha)


def _ground(cut: Picture, params: BackgroundParams, context: Context) -> Plane:
    if params.kind == "color":
        return _plain(params.color)
    if params.kind == "gradient":
        share = np.linspace(0, 1, cut.height, dtype=np.float32)[:, None, None]
        upper, lower = (np.array(rgb(color), np.float32) for color in (params.color, params.color_to))
        return np.asarray(np.rint(upper + (lower - upper) * share), dtype=np.uint8)
    if params.kind == "image":
        behind = on_ground(context.open_blob(params.blob or ""), _plain(params.color))
        return _covering(behind.rgb, cut.width, cut.height)
    return _blurred_ground(cut, params.blur_radius_px)


def _plain(color: str) -> Plane:
    return np.array(rgb(color), np.uint8).reshape(1, 1, 3)


def _covering(ground: Plane, width: int, height: int) -> Plane:
    factor = max(width / ground.shape[1], height / ground.shape[0])
    grown_width, grown_height = (
        max(width, round(ground.shape[1] * factor)),
        max(height, round(ground.shape[0] * factor)),
    )
    resized = resize_plane(ground, grown_width, grown_height)
    left, top = (grown_width - width) // 2, (grown_height - height) // 2
    return resized[top : top + height, left : left + width]


def _blurred_ground(cut: Picture, radius_px: float) -> Plane:
    """The old ground blurred by itself: the product's colours must not smear into it."""
    if cut.alpha is None:
        return gaussian_blur(cut.rgb, radius_px / 2)
    hidden = np.asarray(cv2.inRange(cut.alpha, 0, 0), np.uint8)
    return gaussian_blur(spread(cut.rgb, hidden), radius_px / 2)
