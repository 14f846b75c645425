"""remove-background: find the product and make the rest transparent."""

from __future__ import annotations

from typing import Literal

import cv2
import numpy as np
from pydantic import Field

from pyservice.imaging.picture import Picture, Plane
from pyservice.imaging.visible import change_visible
from pyservice.models import decontaminated
from pyservice.operations.background.own_shadow import with_own_shadow
from pyservice.operations.fields import PRODUCT_MODEL, PX
from pyservice.operations.registry import Context, Json, MaskWish, Outcome, Params, operation


class RemoveBackgroundParams(Params):
    """How the product is found and how its edge is treated."""

    model: str = Field(
        "auto",
        pattern=r"^[a-z0-9][a-z0-9-]{0,63}$",
        description="Which network finds the product; auto takes the finest and lets a second one judge it.",
        json_schema_extra=PRODUCT_MODEL,
    )
    refine: Literal["none", "guided", "matting"] = Field(
        "guided",
        description="How the edge is refined. guided: quick; matting: slow, brings out hair in a coarse mask.",
    )
    grow_px: float = Field(0, ge=-20, le=20, description="Grow (or shrink, below 0) the product.", json_schema_extra=PX)
    feather_px: float = Field(0, ge=0, le=50, description="Soften the edge.", json_schema_extra=PX)
    keep_shadow: bool = Field(False, description="Keep the product's own shadow on the ground.")


@operation("remove-background", version=1, group="background", painted_by="use-mask")
def remove_background(picture: Picture, params: RemoveBackgroundParams, context: Context) -> Outcome:
    """Cut the product out of its ground.

    The ground becomes transparent; its colours stay underneath, so that a later step can still blur them.
    The soft edge gets the product's own colours (foreground estimation), so no halo of the old ground stays.
    """
    found = context.product_mask(picture, MaskWish(params.model, params.refine))
    mask = feathered(grown(found.plane, params.grow_px), params.feather_px)
    cut = cut_out(picture, mask)
    if params.keep_shadow:
        cut = with_own_shadow(cut, picture)
    return Outcome(cut, report=found.report, doubts=doubts(mask, found.report))


def cut_out(picture: Picture, mask: Plane) -> Picture:
    """The picture with this product mask as its transparency and clean colours along the edge."""
    alpha = mask if picture.alpha is None else np.minimum(mask, picture.alpha)
    return change_visible(picture, lambda rgb: decontaminated(rgb, mask)).with_alpha(alpha).with_mask(mask)


def grown(mask: Plane, grow_px: float) -> Plane:
    """The mask grown by grow_px, or shrunk where that is negative."""
    radius = round(abs(grow_px))
    if radius == 0:
        return mask
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
    change = cv2.dilate if grow_px > 0 else cv2.erode
    return np.asarray(change(mask, disc), dtype=np.uint8)


def feathered(mask: Plane, feather_px: float) -> Plane:
    """The mask with its edge softened over feather_px."""
    if feather_px <= 0:
        return mask
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), max(feather_px / 2, 0.1)), dtype=np.uint8)


def doubts(mask: Plane, report: Json) -> tuple[str, ...]:
    """What a person should know of a product that was looked for: none was found, or two networks disagree."""
    if not (mask > 127).any():
        return ("No product was found; the picture is empty.",)
    agreement = report.get("agreement")
    if isinstance(agreement, float) and agreement < 0.8:
        return ("Two networks see different products here; have a look at the cut-out.",)
    return ()
