"""Darker corners."""

from __future__ import annotations

import numpy as np
from pydantic import Field

from pyservice.imaging.picture import Picture
from pyservice.imaging.strips import for_strips
from pyservice.operations.registry import Params, operation


class VignetteParams(Params):
    strength: float = Field(0.5, ge=0, le=1, description="How dark the corners become.")
    size: float = Field(0.5, ge=0, le=1, description="How much of the middle stays untouched.")


@operation("vignette", version=1, group="effects")
def vignette(picture: Picture, params: VignetteParams) -> Picture:
    """Darken the picture smoothly towards its corners."""
    if params.strength == 0:
        return picture
    across = np.square(np.linspace(-1, 1, picture.width) if picture.width > 1 else np.zeros(1))
    down = np.square(np.linspace(-1, 1, picture.height) if picture.height > 1 else np.zeros(1))
    out = np.empty_like(picture.rgb)

    def work(top: int, bottom: int) -> None:
        # 0 in the middle, 1 in the corners.
        distance = np.sqrt((down[top:bottom, None] + across[None]) / 2).astype(np.float32)
        t = np.clip((distance - params.size) / max(1 - params.size, 1e-3), 0, 1)
        light = 1 - params.strength * t * t * (3 - 2 * t)
        out[top:bottom] = np.rint(picture.rgb[top:bottom] * light[..., None])

    for_strips(picture.width, picture.height, work)
    return picture.with_rgb(out)
