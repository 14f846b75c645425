"""Lighten shadows, tame highlights."""

from __future__ import annotations

import cv2
import numpy as np
from pydantic import Field

from pyservice.imaging.geometry import resize_plane
from pyservice.imaging.picture import Picture, Plane
from pyservice.imaging.visible import visible_colors
from pyservice.operations.light.lightness import Lightness, change_lightness, lightness_plane
from pyservice.operations.registry import Params, operation

_SMALL_PX = 512


class HighlightsShadowsParams(Params):
    highlights: float = Field(0, ge=-1, le=1, description="Below 0 darkens bright areas, above 0 lifts them.")
    shadows: float = Field(0, ge=-1, le=1, description="Above 0 lightens dark areas, below 0 deepens them.")


@operation("highlights-shadows", version=1, group="light", title="Highlights and shadows")
def highlights_shadows(picture: Picture, params: HighlightsShadowsParams) -> Picture:
    """Change bright and dark areas on their own.

    Each pixel's L* is bent by a power that depends on how bright its surroundings are: a bilateral blur on a
    small copy, so that areas change as wholes, detail inside them stays and edges get no halo. Black stays
    black and pure white stays white.
    """
    if params.highlights == 0 and params.shadows == 0:
        return picture
    surroundings = _surroundings(lightness_plane(visible_colors(picture)))

    def change(lightness: Lightness, top: int, bottom: int) -> Lightness:
        around = np.asarray(surroundings[top:bottom], dtype=np.float32) / np.float32(255)
        tone = np.clip(lightness / 100, 0, 1)
        if params.shadows != 0:
            tone = np.power(tone, np.exp2(-params.shadows * (1 - _smooth_step(around, 0.1, 0.6))))
        if params.highlights != 0:
            tone = 1 - np.power(1 - tone, np.exp2(0.8 * params.highlights * _smooth_step(around, 0.4, 0.9)))
        return np.asarray(tone * 100, dtype=np.float32)

    return picture.with_rgb(change_lightness(picture.rgb, change))


def _surroundings(lightness: Plane) -> Plane:
    height, width = lightness.shape
    factor = min(1.0, _SMALL_PX / max(height, width))
    small = resize_plane(lightness, max(1, round(width * factor)), max(1, round(height * factor)))
    blurred = cv2.bilateralFilter(small, d=0, sigmaColor=40, sigmaSpace=6)
    return np.asarray(cv2.resize(blurred, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.uint8)


def _smooth_step(values: Lightness, low: float, high: float) -> Lightness:
    """0 below low, 1 above high, smooth between."""
    t = np.clip((values - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), dtype=np.float32)
