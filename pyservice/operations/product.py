"""Where the product is, for operations that need to know."""

from __future__ import annotations

from pyservice.imaging.picture import Picture, Plane
from pyservice.operations.registry import Context, MaskWish


def product_plane(picture: Picture, context: Context) -> Plane:
    """The picture's own mask where it has one, else a newly found one (uint8 H×W). Raises NoProduct."""
    return picture.mask if picture.mask is not None else context.product_mask(picture, MaskWish()).plane
