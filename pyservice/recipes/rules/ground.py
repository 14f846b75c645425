"""Rules about what lies around the product. White is not universal: some marketplaces refuse it."""

from __future__ import annotations

from typing import Any

import numpy as np

from pyservice.imaging.product import product_box
from pyservice.operations.fields import Color
from pyservice.quality import off_white_box
from pyservice.recipes.fix import Fix
from pyservice.recipes.rules.registry import Candidate, Finding, Values, rule_kind

MIN_SHADOW_DEPTH = 6.0
SHADOW_REACH = 0.12


class WhiteGround(Values):
    """How white: the share of pixels that are exactly 255, or the distance from white that 90 % keep to."""

    min_white_percent: float | None = None
    max_delta_e: float | None = None
    color: Color = "#ffffff"


class LightGround(Values):
    """How light and how grey, and the colour that a fix lays behind."""

    min_lightness: float
    max_chroma: float = 100.0
    color: Color = "#ffffff"


class TintedGround(Values):
    """How much pure white there may be, and the colour that a fix lays behind."""

    max_white_percent: float = 20.0
    color: Color


class NaturalShadow(Values):
    """Nothing to set: the product throws a shadow on its ground."""


@rule_kind("white-ground")
def white_ground(candidate: Candidate, values: WhiteGround) -> Finding:
    """The ground is white."""
    metrics = candidate.metrics
    white = metrics.ground_white_percent if metrics.ground_white_percent is not None else metrics.border_white_percent
    distance = metrics.ground_delta_e
    if white is None:
        return _unknown("white")
    limits = []
    ok = True
    if values.min_white_percent is not None:
        limits.append(f"{values.min_white_percent:g} % pure white")
        ok = white >= values.min_white_percent
    if values.max_delta_e is not None:
        limits.append(f"90 % within ΔE {values.max_delta_e:g} of white")
        ok = ok and (distance <= values.max_delta_e if distance is not None else white >= 90)
    shown = f"{white:.2f} % pure white" + ("" if distance is None else f", ΔE {distance:.1f}")
    box = None if ok else off_white_box(candidate.picture)
    return Finding(
        ok,
        shown,
        " and ".join(limits),
        reason="The ground is not white.",
        remedy="Cut the product out and put it on white.",
        fix=_laid_on(values.color),
        evidence=None if box is None else (box,),
    )


@rule_kind("light-ground")
def light_ground(candidate: Candidate, values: LightGround) -> Finding:
    """The ground is light and not coloured."""
    lightness, chroma = candidate.metrics.ground_lightness, candidate.metrics.ground_chroma
    if lightness is None or chroma is None:
        return _unknown("light")
    return Finding(
        lightness >= values.min_lightness and chroma <= values.max_chroma,
        f"L* {lightness:.1f}, chroma {chroma:.1f}",
        f"L* {values.min_lightness:g} or more, chroma {values.max_chroma:g} or less",
        reason="The ground is too dark or too colourful.",
        remedy=f"Cut the product out and put it on {values.color}.",
        fix=_laid_on(values.color),
    )


@rule_kind("tinted-ground")
def tinted_ground(candidate: Candidate, values: TintedGround) -> Finding:
    """The ground is not pure white."""
    white = candidate.metrics.ground_white_percent
    if white is None:
        return _unknown("not pure white")
    return Finding(
        white <= values.max_white_percent,
        f"{white:.1f} % pure white",
        f"at most {values.max_white_percent:g} % pure white",
        reason="The ground is pure white, which this channel refuses.",
        remedy=f"Put the product on {values.color}.",
        fix=_laid_on(values.color),
    )


CONTACT_SHADOW = Fix(operation="shadow", params={"kind": "contact"})


@rule_kind("natural-shadow", lost_with="background", again=CONTACT_SHADOW)
def natural_shadow(candidate: Candidate, values: NaturalShadow) -> Finding:
    """The ground is darker below the product than elsewhere; a hint, since shadows fall many ways."""
    depth = _shadow_depth(candidate)
    if depth is None:
        return _unknown("a shadow below the product")
    return Finding(
        depth >= MIN_SHADOW_DEPTH,
        f"{depth:.0f} levels darker below the product",
        f"at least {MIN_SHADOW_DEPTH:g} levels darker",
        reason="The product throws no shadow.",
        remedy="Give it a contact shadow.",
        fix=CONTACT_SHADOW,
        certain=False,
    )


def _shadow_depth(candidate: Candidate) -> float | None:
    """Grey levels from the median of the ground down to its darker tenth around the product's foot."""
    mask = candidate.picture.mask
    box = None if mask is None else product_box(mask)
    if mask is None or box is None:
        return None
    grey = candidate.picture.rgb.mean(axis=2)
    ground = mask == 0
    reach_px = max(2, round(SHADOW_REACH * box.height))
    foot = np.zeros_like(ground)
    foot[max(0, box.bottom - reach_px // 2) : box.bottom + reach_px, box.left : box.right] = True
    if not (ground & foot).any() or not (ground & ~foot).any():
        return None
    return float(np.median(grey[ground & ~foot]) - np.percentile(grey[ground & foot], 10))


def _laid_on(color: str) -> Fix:
    params: dict[str, Any] = {"kind": "color", "color": color}
    return Fix(operation="background", params=params)


def _unknown(required: str) -> Finding:
    return Finding(
        None,
        "no ground found",
        required,
        reason="Nobody knows where the product ends and the ground begins.",
        remedy="Cut the product out first.",
        fix=Fix(operation="remove-background", params={}),
    )
