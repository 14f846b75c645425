"""Rules about pixels: smallest, largest, shape."""

from __future__ import annotations

import math

from pydantic import Field

from pyservice.operations.fields import Aspect, ratio
from pyservice.recipes.fix import Fix
from pyservice.recipes.rules.registry import Candidate, Finding, Values, rule_kind

SHAPE_TOLERANCE_PX = 2


class MinSize(Values):
    """The least the picture may measure. max_enlarge bounds how far a fix may upscale; 1 forbids it."""

    width_px: int | None = None
    height_px: int | None = None
    long_side_px: int | None = None
    short_side_px: int | None = None
    max_enlarge: float = Field(2.0, ge=1)


class MaxSize(Values):
    """The most the picture may measure."""

    width_px: int | None = None
    height_px: int | None = None
    long_side_px: int | None = None
    megapixels: float | None = None


class Shape(Values):
    """Allowed shapes, the first one preferred."""

    allowed: tuple[Aspect, ...] = Field(min_length=1)


@rule_kind("min-size")
def min_size(candidate: Candidate, values: MinSize) -> Finding:
    """The picture has at least so many pixels."""
    width, height = candidate.facts.width, candidate.facts.height
    wants = _wants(values.width_px, values.height_px, values.long_side_px, values.short_side_px)
    sides = {
        "wide": width,
        "high": height,
        "on the longer side": max(width, height),
        "on the shorter side": min(width, height),
    }
    factor = max((least / sides[side] for side, least in wants.items()), default=1.0)
    required = "at least " + " and ".join(f"{least} px {side}" for side, least in wants.items())
    if factor <= 1:
        return Finding(True, f"{width}×{height} px", required)
    mendable = factor <= values.max_enlarge
    return Finding(
        False,
        f"{width}×{height} px",
        required,
        reason="The picture has too few pixels.",
        remedy="Enlarge it a little." if mendable else "Use a larger original: enlarging adds no detail.",
        fix=_resized(width, height, factor, enlarge=True) if mendable else None,
    )


@rule_kind("max-size")
def max_size(candidate: Candidate, values: MaxSize) -> Finding:
    """The picture has at most so many pixels."""
    width, height = candidate.facts.width, candidate.facts.height
    wants = _wants(values.width_px, values.height_px, values.long_side_px, None)
    sides = {"wide": width, "high": height, "on the longer side": max(width, height)}
    factors = [most / sides[side] for side, most in wants.items()]
    limits = [f"{most} px {side}" for side, most in wants.items()]
    if values.megapixels is not None:
        factors.append(math.sqrt(values.megapixels * 1e6 / (width * height)))
        limits.append(f"{values.megapixels:g} megapixels")
    required, factor = "at most " + " and ".join(limits), min(factors, default=1.0)
    if factor >= 1:
        return Finding(True, f"{width}×{height} px", required)
    return Finding(
        False,
        f"{width}×{height} px",
        required,
        reason="The picture has too many pixels.",
        remedy="Make it smaller.",
        fix=_resized(width, height, factor, enlarge=False),
    )


@rule_kind("aspect")
def aspect(candidate: Candidate, values: Shape) -> Finding:
    """The picture has one of the allowed shapes, to two pixels."""
    width, height = candidate.facts.width, candidate.facts.height
    required = " or ".join(values.allowed)
    if any(_has_shape(width, height, ratio(shape)) for shape in values.allowed):
        return Finding(True, f"{width}×{height} px", required)
    return Finding(
        False,
        f"{width}×{height} px ({width / height:.2f}:1)",
        required,
        reason="The picture has another shape.",
        remedy=f"Frame the product on a canvas of {values.allowed[0]}.",
        fix=Fix(operation="frame", params={"aspect": values.allowed[0]}),
    )


def _wants(width: int | None, height: int | None, long: int | None, short: int | None) -> dict[str, int]:
    named = {"wide": width, "high": height, "on the longer side": long, "on the shorter side": short}
    return {side: limit for side, limit in named.items() if limit is not None}


def _has_shape(width: int, height: int, shape: float) -> bool:
    return abs(width - height * shape) <= SHAPE_TOLERANCE_PX or abs(height - width / shape) <= SHAPE_TOLERANCE_PX


def _resized(width: int, height: int, factor: float, *, enlarge: bool) -> Fix:
    rounded = math.ceil if enlarge else math.floor
    size = {
        "width": max(1, rounded(width * factor - 1e-6 if enlarge else width * factor + 1e-6)),
        "height": max(1, rounded(height * factor - 1e-6 if enlarge else height * factor + 1e-6)),
    }
    fit = "outside" if enlarge else "inside"
    return Fix(operation="resize", params={**size, "fit": fit, "enlarge": enlarge})
