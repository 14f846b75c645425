"""Exposure and contrast by themselves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from pyservice.imaging.border import border_of
from pyservice.imaging.picture import Picture
from pyservice.operations.fields import PERCENT
from pyservice.operations.light.lightness import lightness_plane, through_curve
from pyservice.operations.registry import Outcome, Params, operation

# L* of the deepest and brightest product tones in a well exposed picture.
_DARK, _BRIGHT = 6.0, 94.0
# What a seller still takes for the same product: deeper blacks, more light, no more than this steep.
_MOST_DEEPENING, _MOST_LIGHTENING, _STEEPEST = 12.0, 30.0, 1.6
_LEAST_RANGE = 4.0
_GROUND_LEVEL = 240


class AutoLightParams(Params):
    clip_percent: float = Field(
        0.5,
        ge=0,
        le=10,
        description="Share of the product's darkest and brightest pixels that does not count.",
        json_schema_extra=PERCENT,
    )
    strength: float = Field(1, ge=0, le=1, description="How much of the correction is applied.")


@operation("auto-light", version=1, group="light")
def auto_light(picture: Picture, params: AutoLightParams) -> Outcome:
    """Give a flat or dark product its full range of light and dark.

    L* is stretched, as measured on the product's own pixels: inside the mask, else inside alpha, else on everything
    but a white ground (where most of the border is near white, near-white pixels do not count). The stretch is limited:
    a white product stays white; black stays black, a white ground stays white, colours keep a* and b*.
    """
    levels, source = _product_levels(picture)
    if params.strength == 0 or levels.size == 0:
        return Outcome(picture)
    low, high = np.percentile(levels, [params.clip_percent, 100 - params.clip_percent]) * (100 / 255)
    report = {"measured_on": source, "low": round(float(low), 1), "high": round(float(high), 1)}
    if high - low < _LEAST_RANGE:
        return Outcome(picture, report)
    low_to, high_to = _targets(float(low), float(high))
    low_to, high_to = low + params.strength * (low_to - low), high + params.strength * (high_to - high)
    report |= {"low_to": round(float(low_to), 1), "high_to": round(float(high_to), 1)}
    inputs, outputs = _curve(float(low), float(high), float(low_to), float(high_to))
    return Outcome(picture.with_rgb(through_curve(picture.rgb, inputs, outputs)), report)


def _product_levels(picture: Picture) -> tuple[NDArray[np.uint8], str]:
    """L* (255 = 100) of the pixels that count, and why they do."""
    levels = lightness_plane(picture.rgb)
    for plane, name in ((picture.mask, "mask"), (picture.alpha, "alpha")):
        if plane is not None and picture.alpha is not None:
            plane = np.minimum(plane, picture.alpha)
        if plane is not None and (name == "mask" or plane.min() < 128) and plane.max() >= 128:
            return np.asarray(levels[plane >= 128]), name
    near_white = picture.rgb.min(axis=2) >= _GROUND_LEVEL
    if border_of(near_white).mean() > 0.5 and not near_white.all():
        return np.asarray(levels[~near_white]), "all but the white ground"
    return levels.ravel(), "the whole picture"


def _targets(low: float, high: float) -> tuple[float, float]:
    """Where the product's darkest and brightest tones go."""
    deeper = min(max(low - _DARK, 0), _MOST_DEEPENING)
    lighter = min(max(_BRIGHT - high, 0), _MOST_LIGHTENING)
    room = (_STEEPEST - 1) * (high - low)
    share = min(1.0, room / max(deeper + lighter, 1e-6))
    return low - share * deeper, high + share * lighter


def _curve(low: float, high: float, low_to: float, high_to: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    inputs, outputs = np.array([0, low, high, 100]), np.array([0, low_to, high_to, 100])
    kept = np.concatenate([[True], np.diff(inputs) > 0])
    return inputs[kept], outputs[kept]
