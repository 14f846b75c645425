"""Remove a colour cast."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from pyservice.imaging.picture import Picture, Plane
from pyservice.operations.light.linear import RGB_TO_XYZ, Vector, adapted, to_light
from pyservice.operations.registry import Outcome, Params, operation

_FEWEST_PIXELS = 16
_MOST_SAMPLES = 200_000
_LEAST_SHARE = 0.2
_MOST_SPREAD = 0.12
# Beyond this ratio between channels the ground is a coloured backdrop, not grey in a coloured light.
_LARGEST_CAST = 2.2


class WhiteBalanceParams(Params):
    method: Literal["gray-world", "ground", "none"] = Field(
        "ground",
        description="ground: the background is made neutral; gray-world: the average of all colours is.",
    )
    strength: float = Field(1, ge=0, le=1, description="How much of the cast is removed.")


@operation("white-balance", version=1, group="light")
def white_balance(picture: Picture, params: WhiteBalanceParams) -> Outcome:
    """Remove a colour cast, so that grey and white look neutral.

    ground is the background as photographed, even where a cut-out hides it: everything outside the mask where
    there is one, else the outer twentieth of the picture. gray-world takes what can be seen. Clipped and very
    dark pixels do not count. A ground too colourful to be grey in any usual light is left alone, with a warning;
    gray-world stops there.
    Von Kries adaptation on Bradford cones in linear light; brightness is kept.
    """
    if params.method == "none" or params.strength == 0:
        return Outcome(picture)
    neutral = _neutral(picture, params.method)
    if neutral is None:
        return Outcome(picture, warnings=("No even, well exposed ground to judge the light by; nothing changed.",))
    cast = float(neutral.max() / neutral.min())
    report = {"method": params.method, "cast": round(cast, 3)}
    if cast > _LARGEST_CAST and params.method == "ground":
        return Outcome(picture, report, ("The ground is a colour of its own, not a cast; nothing changed.",))
    white: Vector = RGB_TO_XYZ @ np.ones(3)
    neutral = np.maximum(neutral, neutral.max() / _LARGEST_CAST)
    found: Vector = RGB_TO_XYZ @ (neutral / (RGB_TO_XYZ[1] @ neutral))
    found = white + params.strength * (found - white)
    return Outcome(picture.with_rgb(adapted(picture.rgb, found, white)), report)


def _neutral(picture: Picture, method: str) -> Vector | None:
    """Linear RGB of what should be grey, or None where too few pixels tell."""
    candidates = _seen(picture) if method == "gray-world" else _ground(picture)
    candidates = candidates[:: max(1, len(candidates) // _MOST_SAMPLES)]
    brightest, darkest = candidates.max(axis=1), candidates.min(axis=1)
    usable = candidates[(brightest < 253) & (darkest > 12)]
    if len(usable) < _FEWEST_PIXELS or len(usable) < _LEAST_SHARE * len(candidates):
        return None
    light = to_light(usable)
    if method == "ground" and _is_scenery(light):
        return None
    # Textured grounds have outliers, averages of everything do not.
    value = light.mean(axis=0) if method == "gray-world" else np.median(light, axis=0)
    return np.asarray(value, dtype=np.float64)


def _is_scenery(light: NDArray[np.float32]) -> bool:
    """Whether colours differ so much from one another that they are things, not one ground in one light."""
    shades = np.log(light / light.mean(axis=1, keepdims=True))
    spread = np.median(np.abs(shades - np.median(shades, axis=0)), axis=0)
    return bool(spread.max() > _MOST_SPREAD)


def _seen(picture: Picture) -> NDArray[np.uint8]:
    """Colours that can be seen, n×3."""
    return picture.rgb.reshape(-1, 3) if picture.alpha is None else np.asarray(picture.rgb[picture.alpha > 0])


def _ground(picture: Picture) -> NDArray[np.uint8]:
    """Background colours, n×3."""
    if picture.mask is not None and picture.mask.min() == 0:
        return np.asarray(picture.rgb[picture.mask == 0])
    return picture.rgb[_ring(picture) > 0]


def _ring(picture: Picture) -> Plane:
    ring = np.ones((picture.height, picture.width), np.uint8)
    across, down = max(1, picture.width // 20), max(1, picture.height // 20)
    ring[down:-down, across:-across] = 0
    return ring
