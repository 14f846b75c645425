"""Rules about what is to be seen. All are hints: they may warn, never fail."""

from __future__ import annotations

import numpy as np
from pydantic import Field

from pyservice.imaging import Picture, Plane
from pyservice.imaging.border import border_of
from pyservice.recipes.fix import Fix
from pyservice.recipes.rules.registry import Candidate, Finding, Values, rule_kind

BORDER_LINE_SPREAD = 4.0
BORDER_STEP = 24.0
LARGEST_BORDER_SHARE = 0.08
GREY_CHROMA = 1.5


class NoText(Values):
    """How much of the ground may look like lettering."""

    max_percent: float = Field(0.2, ge=0, le=100)


class NoBorder(Values):
    """Nothing to set: no drawn frame around the picture."""


class InColor(Values):
    """Nothing to set: no black-and-white picture."""


class NotBlurred(Values):
    """The most blur, as quality measures it (0 crisp, 1 smooth)."""

    max_blur: float = Field(gt=0, le=1)


@rule_kind("no-text")
def no_text(candidate: Candidate, values: NoText) -> Finding:
    """No lettering, price or watermark beside the product."""
    percent = candidate.metrics.text_outside_percent
    required = f"at most {values.max_percent:g} % of the ground"
    if percent is None:
        return Finding(None, "not looked for", required, "Where the product ends is not known.", certain=False)
    return Finding(
        percent <= values.max_percent,
        f"{percent:.1f} % of the ground",
        required,
        reason="There seems to be lettering beside the product.",
        remedy="Cut the product out and put it on a plain ground.",
        fix=Fix(operation="background", params={"kind": "color", "color": "#ffffff"}),
        evidence=candidate.metrics.text_boxes or None,
        certain=False,
    )


@rule_kind("no-border")
def no_border(candidate: Candidate, values: NoBorder) -> Finding:
    """No drawn frame runs around the picture."""
    width_px = _border_width_px(candidate.picture)
    return Finding(
        width_px == 0,
        f"a frame {width_px} px wide" if width_px else "no frame",
        "no frame",
        reason="A drawn frame seems to run around the picture.",
        remedy="Trim it away.",
        fix=Fix(operation="trim", params={}),
        certain=False,
    )


@rule_kind("in-color")
def in_color(candidate: Candidate, values: InColor) -> Finding:
    """The picture is not black and white; a grey product on white looks the same, so it is a hint."""
    chroma = candidate.metrics.chroma
    return Finding(
        chroma > GREY_CHROMA,
        f"chroma {chroma:.1f}",
        f"more than {GREY_CHROMA:g}",
        reason="The picture seems to be black and white.",
        remedy="Use a photo in colour.",
        certain=False,
    )


@rule_kind("not-blurred")
def not_blurred(candidate: Candidate, values: NotBlurred) -> Finding:
    """The product is sharp enough."""
    blur = candidate.metrics.blur
    return Finding(
        blur <= values.max_blur,
        f"blur {blur:.2f}",
        f"at most {values.max_blur:g}",
        reason="The product looks blurred.",
        remedy="Take a sharper photo: sharpening brings no detail back.",
        certain=False,
    )


def _border_width_px(picture: Picture) -> int:
    """Width of an even line along all four edges that ends in a step on all four; 0 where there is none.

    Where the step is the product's own edge, the line is its margin and no frame.
    """
    rgb = picture.rgb
    edge = border_of(rgb).astype(np.float32)
    color = edge.mean(axis=0)
    if edge.std(axis=0).max() > BORDER_LINE_SPREAD:
        return 0
    limit = max(1, round(LARGEST_BORDER_SHARE * min(rgb.shape[:2])))
    widths = [
        _even_depth(side, color, limit) for side in (rgb, rgb[::-1], rgb.swapaxes(0, 1), rgb.swapaxes(0, 1)[::-1])
    ]
    if not all(widths) or max(widths) - min(widths) > 2 or _product_begins_at(picture.mask, max(widths) + 1):
        return 0
    return max(widths)


def _product_begins_at(mask: Plane | None, depth_px: int) -> bool:
    if mask is None:
        return False
    inner = mask[depth_px : -depth_px or None, depth_px : -depth_px or None]
    if not inner.size:
        return False
    return bool(border_of(inner).mean() > 127)


def _even_depth(lines: Plane, color: np.ndarray[tuple[int, ...], np.dtype[np.float32]], limit: int) -> int:
    """How many lines from the edge have the border's colour before one differs all along; 0 if none does."""
    middle = lines[:limit, lines.shape[1] // 10 : -(lines.shape[1] // 10) or None].astype(np.float32)
    away = np.abs(middle - color).max(axis=2)
    stepped = np.flatnonzero(np.mean(away > BORDER_STEP, axis=1) > 0.9)
    return int(stepped[0]) if stepped.size else 0
