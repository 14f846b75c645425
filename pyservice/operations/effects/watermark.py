"""A mark of its owner on the picture."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from pydantic import Field

from pyservice.imaging.geometry import resize_picture
from pyservice.imaging.picture import Picture, Plane
from pyservice.operations.fields import PLACES, BlobId, Color, Place, rgb
from pyservice.operations.registry import Context, Params, operation

_MARGIN = 0.03
_DRAWN_AT_PX = 100


class WatermarkParams(Params):
    text: str = Field(
        "",
        max_length=100,
        pattern=r"^[^\x00-\x1f\x7f]*$",
        description="Words to write, in one line; ignored where a picture is given.",
    )
    blob: BlobId | None = Field(None, description="A picture to put on instead of words.")
    opacity: float = Field(0.5, ge=0, le=1, description="How strongly the mark shows.")
    gravity: Place = Field("bottom-right", description="Where the mark stands.")
    scale: float = Field(0.3, ge=0.01, le=1, description="Width of the mark, 1 = as wide as the picture.")
    color: Color = Field("#ffffff", description="Colour of words; their outline is black or white.")


@operation("watermark", version=1, group="effects")
def watermark(picture: Picture, params: WatermarkParams, context: Context) -> Picture:
    """Put words or a picture on top, fitted inside the margins.

    With neither words nor a picture nothing happens. On a transparent picture the mark is opaque by its own
    opacity. Raises NotFound for an unknown blob.
    """
    if params.opacity == 0 or (params.blob is None and not params.text.strip()):
        return picture
    mark = context.open_blob(params.blob) if params.blob else _written(params.text.strip(), rgb(params.color))
    across, down = picture.width * (1 - 2 * _MARGIN), picture.height * (1 - 2 * _MARGIN)
    factor = min(picture.width * params.scale, across) / mark.width
    factor = min(factor, down / mark.height)
    mark = resize_picture(mark, max(1, round(mark.width * factor)), max(1, round(mark.height * factor)))
    return _put_on(picture, mark, params)


def _written(text: str, color: tuple[int, int, int]) -> Picture:
    """The words, large, with an outline that shows on any ground."""
    font = ImageFont.load_default(_DRAWN_AT_PX)
    outline = (0, 0, 0) if sum(color) > 384 else (255, 255, 255)
    stroke_px = _DRAWN_AT_PX // 20
    left, top, right, bottom = font.getbbox(text, stroke_width=stroke_px)
    canvas = Image.new("RGBA", (max(1, round(right - left)), max(1, round(bottom - top))), (*outline, 0))
    draw = ImageDraw.Draw(canvas)
    draw.text((-left, -top), text, color, font, stroke_width=stroke_px, stroke_fill=(*outline, 140))
    drawn = np.asarray(canvas, dtype=np.uint8)
    return Picture(drawn[..., :3], drawn[..., 3])


def _put_on(picture: Picture, mark: Picture, params: WatermarkParams) -> Picture:
    across, down = PLACES[params.gravity]
    left = round(_MARGIN * picture.width + across * (picture.width * (1 - 2 * _MARGIN) - mark.width))
    top = round(_MARGIN * picture.height + down * (picture.height * (1 - 2 * _MARGIN) - mark.height))
    left = min(max(left, 0), picture.width - mark.width)
    top = min(max(top, 0), picture.height - mark.height)
    part = np.s_[top : top + mark.height, left : left + mark.width]
    cover = np.full(mark.rgb.shape[:2], params.opacity, np.float32)
    if mark.alpha is not None:
        cover *= mark.alpha.astype(np.float32) / 255
    under = np.ones_like(cover) if picture.alpha is None else picture.alpha[part].astype(np.float32) / 255
    colors, seen = picture.rgb.copy(), cover + under * (1 - cover)
    colors[part] = _over(mark.rgb, picture.rgb[part], np.asarray(cover / np.maximum(seen, 1e-6), np.float32))
    if picture.alpha is None:
        return picture.with_rgb(colors)
    alpha = picture.alpha.copy()
    alpha[part] = np.rint(255 * seen)
    return picture.with_rgb(colors).with_alpha(alpha)


def _over(top: Plane, below: Plane, share: NDArray[np.float32]) -> Plane:
    rest = np.asarray(1 - share, dtype=np.float32)
    return np.asarray(cv2.blendLinear(top, below, share, rest), dtype=np.uint8)
