"""Run a bound recipe on a picture, step by step, timing each."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from pyservice.imaging.geometry import check_size, resized_within
from pyservice.imaging.picture import Picture
from pyservice.operations import MaskWish, ProductMask
from pyservice.recipes.recipe import BoundRecipe, BoundStep, digest

# A step that took longer is not run again for the next preview of the same beginning.
_LONG_MS = 8.0

FindMask = Callable[[Picture, MaskWish, str], ProductMask]
OpenBlob = Callable[[str], Picture]


@dataclass(frozen=True)
class StepReport:
    """What one step did: how long it took (0 where it was remembered), what it found, what a person should know."""

    index: int
    operation: str
    elapsed_ms: float
    report: dict[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


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


@dataclass(frozen=True)
class Stage:
    """How far a run has come. scale: pixels of the picture per pixel of the full-size one; moved: out of its frame."""

    picture: Picture
    scale: float
    moved: bool = False
    original_mask: ProductMask | None = None
    reports: tuple[StepReport, ...] = ()

    @property
    def nbytes(self) -> int:
        """Bytes of memory it takes."""
        return self.picture.nbytes + (0 if self.original_mask is None else self.original_mask.plane.nbytes)


class Trail(Protocol):
    """Stages of runs before this one, each by all that made it."""

    def get(self, key: Hashable) -> Stage | None:
        """The stage, where it is still known."""

    def add(self, key: Hashable, value: Stage) -> None:
        """Keep a stage for a while."""


class _RunContext:
    """The Context of one step. `history` names everything that made the present pixels, for the mask cache."""

    def __init__(self, run: Run, stage: Stage, history: tuple[object, ...]) -> None:
        self._run = run
        self._history = history
        self._moved = stage.moved
        self.scale = stage.scale
        self.max_px = run.max_px
        self.original_mask = stage.original_mask

    def product_mask(self, picture: Picture, wish: MaskWish) -> ProductMask:
        found = self._run.find_mask(picture, wish, mask_history(self._history, picture))
        self.hear(found)
        return found

    def open_blob(self, blob: str) -> Picture:
        return self._run.open_blob(blob)

    def hear(self, found: ProductMask | None) -> None:
        """The first to find the product in the original, or to be told of it, is believed."""
        if not self._moved:
            self.original_mask = self.original_mask or found


def mask_history(history: Sequence[object], picture: Picture) -> str:
    """The name of a picture for the mask cache: its source, all that was done to it, its size."""
    return digest(history, picture.width, picture.height)


@dataclass(frozen=True)
class Run:
    """What a recipe runs on, and with whose help.

    source: names the picture. find_mask: gets a third argument that names the source and every step so far, a key for
    its cache. scale: picture pixels per source pixel. max_px: bounds a preview's long side. trail: remembers stages.
    """

    picture: Picture
    source: str
    find_mask: FindMask
    open_blob: OpenBlob
    scale: float = 1.0
    max_px: int | None = None
    trail: Trail | None = None

    def render(self, recipe: BoundRecipe) -> Rendering:
        """Run every step. Raises OutputTooLarge and what the steps raise."""
        stage = self._furthest(recipe.steps)
        for index in range(len(stage.reports), len(recipe.steps)):
            stage = self._next(stage, recipe.steps[: index + 1])
        picture = stage.picture if self.max_px is None else resized_within(stage.picture, self.max_px)
        generative = any(step.operation.generative for step in recipe.steps)
        return Rendering(picture, stage.reports, generative, stage.original_mask)

    def find_original_mask(self, recipe: BoundRecipe) -> ProductMask | None:
        """Where the product is in the picture as it came in; None where no step looks for it.

        Steps that move the picture before anybody looks are left out.
        """
        still = tuple(step for step in recipe.steps if not step.operation.moves)
        for steps in (recipe.steps, still):
            stage = Stage(self.picture, self.scale)
            for index in range(len(steps)):
                stage = self._next(stage, steps[: index + 1])
                if stage.original_mask is not None:
                    return stage.original_mask
                if stage.moved:
                    break
        return None

    def _next(self, stage: Stage, steps: Sequence[BoundStep]) -> Stage:
        """The stage behind the last of these steps, from the one before it."""
        step = steps[-1]
        started = time.perf_counter()
        context = _RunContext(self, stage, self._history(steps[:-1]))
        outcome = step.operation.run(stage.picture, step.params.scaled(stage.scale), context)
        context.hear(outcome.told)
        elapsed_ms = (time.perf_counter() - started) * 1000
        picture = outcome.picture
        if picture.width * picture.height > stage.picture.width * stage.picture.height:
            check_size(picture.width, picture.height, step.operation.name)
        warnings = (*outcome.doubts, *outcome.warnings)
        took = round(elapsed_ms, 2)
        report = StepReport(step.index, step.operation.name, took, outcome.report, warnings, outcome.doubts)
        reached = Stage(
            picture,
            outcome.scale if outcome.scale is not None else stage.scale,
            stage.moved or step.operation.moves,
            context.original_mask,
            (*stage.reports, report),
        )
        if self.trail is not None and elapsed_ms > _LONG_MS:
            self.trail.add(self._key(steps), reached)
        return reached

    def _furthest(self, steps: Sequence[BoundStep]) -> Stage:
        """The last stage on the way that a run before has left; else the beginning."""
        for count in range(len(steps), 0, -1):
            known = None if self.trail is None else self.trail.get(self._key(steps[:count]))
            if known is not None:
                return replace(known, reports=tuple(replace(report, elapsed_ms=0.0) for report in known.reports))
        return Stage(self.picture, self.scale)

    def _key(self, steps: Sequence[BoundStep]) -> str:
        return digest(self._history(steps), self.scale, self.max_px, self.picture.width, self.picture.height)

    def _history(self, steps: Sequence[BoundStep]) -> tuple[object, ...]:
        return (self.source, *(step.identity() for step in steps))
