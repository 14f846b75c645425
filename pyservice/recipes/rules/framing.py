"""Rules about where the product sits. Marketplaces mean different things by "fill": the data says which."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pyservice.imaging.product import product_box
from pyservice.recipes.fix import Fix
from pyservice.recipes.rules.registry import Candidate, Finding, PixelBox, Values, rule_kind

TOLERANCE = 0.005
MARGIN_PERCENT = 2.0


class Fill(Values):
    """How much of the picture the product covers, by which count, and what a fix aims at."""

    min: float = Field(0.0, ge=0, le=1)
    max: float = Field(1.0, ge=0, le=1)
    target: float = Field(ge=0.05, le=1)
    fill_by: Literal["bbox-area", "longest-side", "mask-area"]


class ClearOfEdges(Values):
    """Nothing to set: the product touches no edge."""


@rule_kind("fill")
def fill(candidate: Candidate, values: Fill) -> Finding:
    """The product covers the asked share of the picture."""
    metrics = candidate.metrics
    measured = {
        "bbox-area": metrics.fill_bbox_area,
        "longest-side": metrics.fill_longest_side,
        "mask-area": metrics.fill_mask_area,
    }[values.fill_by]
    required = f"{values.min * 100:.0f} % to {values.max * 100:.0f} % by {values.fill_by}"
    fix = Fix(operation="frame", params={"fill": values.target, "fill_by": values.fill_by})
    if measured is None:
        return Finding(
            None, "no product found", required, "Nobody knows where the product is.", "Cut it out first.", fix
        )
    too_small = measured < values.min - TOLERANCE
    return Finding(
        not too_small and measured <= values.max + TOLERANCE,
        f"{measured * 100:.1f} %",
        required,
        reason=f"The product is too {'small' if too_small else 'large'} in the picture.",
        remedy=f"Frame it at {values.target * 100:.0f} %.",
        fix=fix,
        evidence=_box(candidate),
    )


@rule_kind("clear-of-edges")
def clear_of_edges(candidate: Candidate, values: ClearOfEdges) -> Finding:
    """The product touches no edge of the picture."""
    metrics = candidate.metrics
    fix = Fix(operation="frame", params={"margin": MARGIN_PERCENT})
    if metrics.touched_edge_count is None:
        return Finding(
            None,
            "no product found",
            "no edge",
            "Nobody knows where the product is.",
            "Cut it out first.",
            fix,
        )
    return Finding(
        metrics.touched_edge_count == 0,
        ", ".join(metrics.touched_edges) or "no edge",
        "no edge",
        reason="The product touches the edge of the picture.",
        remedy="Frame it with a margin; if the photo itself cuts it off, take another.",
        fix=fix,
        evidence=_box(candidate),
    )


def _box(candidate: Candidate) -> tuple[PixelBox, ...] | None:
    mask = candidate.picture.mask
    box = None if mask is None else product_box(mask)
    return None if box is None else ((box.left, box.top, box.width, box.height),)
