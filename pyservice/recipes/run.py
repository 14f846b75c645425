"""Run a bound recipe on a picture, step by step, timing each."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pyservice.imaging.geometry import check_size, resized_within
from pyservice.imaging.picture import Picture
from pyservice.operations import MaskWish, ProductMask
from pyservice.recipes.recipe import BoundRecipe, digest

_MOVING_GROUPS = {"orient", "geometry"}

FindMask = Callable[[Picture, MaskWish, str], ProductMask]
OpenBlob = Callable[[str], Picture]


@dataclass(frozen=True)
class StepReport:
    """What one step did: how long it took, what it found, what a person should know."""

    index: int
    operation: str
    elapsed_ms: float
    report: dict[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rendering:
    """A finished picture and the story of how it came to be."""

    picture: Picture
    steps: tuple[StepReport, ...]
    generative: bool
    # The product where it is in the original; None where no step asked before the picture was moved.
    original_mask: ProductMask | None

    def report(self, operation: str) -> dict[str, Any]:
        """What the last step of that operation reported; empty if none ran."""
        found = [step.report for step in self.steps if step.operation == operation]
        return found[-1] if found else {}


class _RunContext:
    """The Context of one run. `history` names everything that made the present pixels, for the mask cache."""

    def __init__(self, find_mask: FindMask, open_blob: OpenBlob, scale: float, max_px: int | None) -> None:
        self._find_mask = find_mask
        self._open_blob = open_blob
        self.scale = scale
        self.max_px = max_px
        self.history: list[object] = []
        self.moved = False
        self.original_mask: ProductMask | None = None

    def product_mask(self, picture: Picture, wish: MaskWish) -> ProductMask:
        found = self._find_mask(picture, wish, mask_history(self.history, picture))
        if not self.moved:
            self.original_mask = self.original_mask or found
        return found

    def open_blob(self, blob: str) -> Picture:
        return self._open_blob(blob)


def mask_history(history: list[object], picture: Picture) -> str:
    """The name of a picture for the mask cache: its source, all that was done to it, its size."""
    return digest(history, picture.width, picture.height)


def render(
    picture: Picture,
    recipe: BoundRecipe,
    *,
    find_mask: FindMask,
    open_blob: OpenBlob,
    source: str,
    scale: float = 1.0,
    max_px: int | None = None,
) -> Rendering:
    """Run every step. `scale` is picture pixels per source pixel; `max_px` bounds a preview's long side.

    find_mask gets a third argument that names the source and every step so far: a key for its cache.
    Raises OutputTooLarge and what the steps raise.
    """
    context = _RunContext(find_mask, open_blob, scale, max_px)
    context.history.append(source)
    reports = []
    for step in recipe.steps:
        started = time.perf_counter()
        outcome = step.operation.run(picture, step.params.scaled(context.scale), context)
        elapsed_ms = (time.perf_counter() - started) * 1000
        if outcome.picture.width * outcome.picture.height > picture.width * picture.height:
            check_size(outcome.picture.width, outcome.picture.height, step.operation.name)
        picture = outcome.picture
        context.moved = context.moved or step.operation.group in _MOVING_GROUPS
        context.scale = outcome.scale if outcome.scale is not None else context.scale
        context.history.append(step.identity())
        reports.append(
            StepReport(step.index, step.operation.name, round(elapsed_ms, 2), outcome.report, outcome.warnings)
        )
    if max_px is not None:
        picture = resized_within(picture, max_px)
    generative = any(step.operation.generative for step in recipe.steps)
    return Rendering(picture, tuple(reports), generative, context.original_mask)
