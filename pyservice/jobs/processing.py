"""Listing pictures from files: render, put the results in place, say what became of each."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

from pyservice.errors import InvalidRecipe, ModelUnavailable, VitrineError, sentence
from pyservice.imaging import EXTENSIONS
from pyservice.jobs.engine import Engine
from pyservice.jobs.naming import MASK, RESULT
from pyservice.jobs.overrides import Overrides, merged, overridden
from pyservice.jobs.placed import remember_placed, take_back
from pyservice.jobs.placing import place_bytes, place_link
from pyservice.jobs.remembered import Remembered
from pyservice.jobs.result_table import ResultRow, light_used, result_values
from pyservice.jobs.results import Rendered
from pyservice.jobs.sources import Source
from pyservice.jobs.worklist import Task
from pyservice.logs import logger
from pyservice.quality import verdict
from pyservice.recipes import CheckReport, Preset, Recipe, all_channels, bind, find_preset

_ENDINGS = [f"{MASK}.png", *(f"{RESULT}{extension}" for extension in EXTENSIONS.values())]


@dataclass(frozen=True)
class Wish:
    """What is wanted for every picture that has no row of its own. base: a preset or a recipe.

    overrides are laid over the base; a row's values over both. channels are checked on every result.
    """

    base: Preset | Recipe
    overrides: Overrides = field(default_factory=dict)
    channels: tuple[str, ...] = ()


class Processor:
    """Turns tasks into files below `out` and rows of result.csv. Threads may share it."""

    def __init__(self, engine: Engine, wish: Wish, out: Path) -> None:
        self._engine = engine
        self._remembered = Remembered(engine)
        self._wish = wish
        self._out = out

    def run(self, task: Task) -> ResultRow:
        """Process one picture; whatever goes wrong with it is said in its row, and no older result stays in place.

        Raises ModelUnavailable where no network is installed at all: every picture would fail alike.
        """
        started = time.perf_counter()
        try:
            if task.source is None or task.problem:
                raise InvalidRecipe(task.problem)
            return self._processed(task, task.source)
        except (VitrineError, OSError) as error:
            if isinstance(error, ModelUnavailable) and not self._has_networks():
                raise
            message = sentence(error)
        except Exception as error:  # noqa: BLE001  a bug that one picture shows must not stop the others
            logger(__name__).exception("picture_failed", filename=task.filename)
            message = f"Unexpected {type(error).__name__}: {error}"
        if task.source is not None:
            take_back(self._engine.store, "processed", self._out, task.stem, _ENDINGS)
        elapsed_ms = round((time.perf_counter() - started) * 1000, 2)
        return ResultRow(filename=task.filename, status="failed", error=message, elapsed_ms=elapsed_ms)

    def _has_networks(self) -> bool:
        sessions = self._engine.sessions
        return any(row.installed(sessions.models_dir) for row in sessions.table.values())

    def _processed(self, task: Task, source: Source) -> ResultRow:
        with self._engine.lend(source.read(self._engine.limits.max_bytes)) as blob:
            recipe, channels = self._recipe(blob, task)
            rendered = self._engine.render(blob, recipe)
            reports = [self._remembered.report(blob, recipe, rendered, channel) for channel in channels]
        bound = bind(recipe)
        extension = EXTENSIONS[bound.output.format]
        return ResultRow(
            filename=task.filename,
            processed_path=self._put(rendered.blob, rendered, f"{task.stem}{RESULT}{extension}"),
            mask_path=self._put_mask(rendered, f"{task.stem}{MASK}.png"),
            channel_failures=";".join(rule for report in reports for rule in report.failures),
            **light_used(bound),
            **{**result_values(rendered), "review_state": _review_state(rendered, reports)},
        )

    def _recipe(self, blob: str, task: Task) -> tuple[Recipe, tuple[str, ...]]:
        """The recipe for this picture, and the channels that its result is checked against."""
        base, channels = self._wish.base, self._wish.channels
        if task.row is not None and task.row.preset is not None:
            base = find_preset(task.row.preset)
        if isinstance(base, Preset) and base.name in all_channels() and not channels:
            channels = (base.name,)
        recipe = base if isinstance(base, Recipe) else self._remembered.recipe_for(blob, base)
        own = {} if task.row is None else task.row.overrides
        return overridden(recipe, merged(self._wish.overrides, own)), channels

    def _put(self, blob: str | None, rendered: Rendered, name: str) -> str:
        remember_placed(self._engine.store, "processed", name)
        stored = None if blob is None else self._engine.store.path(blob)
        if stored is None:
            place_bytes(rendered.data, self._out / name)
        else:
            place_link(stored, rendered.data, self._out / name)
        return name

    def _put_mask(self, rendered: Rendered, name: str) -> str:
        if rendered.mask_blob is None:
            return ""
        # A copy: people edit masks, and the store's own must stay what it is.
        remember_placed(self._engine.store, "processed", name)
        place_bytes(self._engine.store.get(rendered.mask_blob, checked=True), self._out / name)
        return name


def _review_state(rendered: Rendered, reports: list[CheckReport]) -> str:
    """A picture that breaks a rule of its channel is for a person, however good it looks."""
    if rendered.quality is None:
        return rendered.review_state
    broken = [gate for report in reports for gate in report.gates()]
    return verdict(rendered.quality, [*rendered.gates, *broken], rendered.doubts)
