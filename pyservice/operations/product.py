"""Where the product is, for operations that need to know."""

from __future__ import annotations

from pyservice.imaging.picture import Picture, Plane
from pyservice.imaging.product import product_on_white
from pyservice.operations.registry import Context, MaskWish


def product_plane(picture: Picture, context: Context) -> Plane:
    """uint8 H×W, 255 = product: the picture's mask, its transparency, what lies on pure white, else a found mask.

    All zeros where no product is found.
    """
    if picture.mask is not None:
        return picture.mask
    if picture.alpha is not None and is_cut_out(picture):
        return picture.alpha
    on_white = product_on_white(picture.rgb)
    return context.product_mask(picture, MaskWish()).plane if on_white is None else on_white


def is_cut_out(picture: Picture) -> bool:
    """Whether transparency parts the picture into what is there and what is not; a plane of 255s does not."""
    return picture.alpha is not None and bool(picture.alpha.min() < 128 <= picture.alpha.max())
