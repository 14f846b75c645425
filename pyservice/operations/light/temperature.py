"""Warmer or cooler."""

from __future__ import annotations

import numpy as np
from pydantic import Field

from pyservice.imaging.picture import Picture
from pyservice.operations.fields import KELVIN
from pyservice.operations.light.linear import Vector, adapted
from pyservice.operations.registry import Params, operation

_D65_KELVIN = 6504.0
_DUV_PER_TINT = 0.02


class TemperatureParams(Params):
    kelvin_shift: float = Field(
        0, ge=-3000, le=3000, description="Above 0 is warmer, below 0 cooler.", json_schema_extra=KELVIN
    )
    tint: float = Field(0, ge=-1, le=1, description="Above 0 towards magenta, below 0 towards green.")


@operation("temperature", version=1, group="light")
def temperature(picture: Picture, params: TemperatureParams) -> Picture:
    """Make the light warmer or cooler.

    The picture is taken to have been lit by a black body of 6504 K plus the shift, off its locus by the tint
    (1 = 0.02 in CIE 1960 uv), and is adapted to 6504 K: von Kries on Bradford cones, in linear sRGB.
    """
    if params.kelvin_shift == 0 and params.tint == 0:
        return picture
    assumed = _white(_D65_KELVIN + params.kelvin_shift, params.tint * _DUV_PER_TINT)
    return picture.with_rgb(adapted(picture.rgb, assumed, _white(_D65_KELVIN, 0)))


def _white(kelvin: float, duv: float) -> Vector:
    """XYZ (Y = 1) of the black body, moved by duv across the locus, towards green."""
    u, v = _locus(kelvin)
    u_next, v_next = _locus(kelvin + 1)
    along = np.hypot(u_next - u, v_next - v)
    # Rising temperature runs towards smaller u and v; its left-hand normal points to green (larger v).
    u, v = u + duv * (v_next - v) / along, v - duv * (u_next - u) / along
    x, y = 3 * u / (2 * u - 8 * v + 4), 2 * v / (2 * u - 8 * v + 4)
    return np.array([x / y, 1.0, (1 - x - y) / y])


def _locus(kelvin: float) -> tuple[float, float]:
    """CIE 1960 u, v of a black body: Krystek, Color Research and Application 10 (1985), 1000–15,000 K."""
    t = kelvin
    u = (0.860117757 + 1.54118254e-4 * t + 1.28641212e-7 * t**2) / (1 + 8.42420235e-4 * t + 7.08145163e-7 * t**2)
    v = (0.317398726 + 4.22806245e-5 * t + 4.20481691e-8 * t**2) / (1 - 2.89741816e-5 * t + 1.61456053e-7 * t**2)
    return u, v
