"""Listing pictures from files: render, put the results in place, say what became of each."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from pyservice.errors import InvalidRecipe, ModelUnavailable, VitrineError, sentence
from pyservice.imaging import EXTENSIONS
from pyservice.jobs.engine import Engine
from pyservice.jobs.naming import MASK, RESULT
from pyservice.jobs.outcome import Wish, outcome
from pyservice.jobs.overrides import merged
from pyservice.jobs.placed import remember_placed, take_back
from pyservice.jobs.placing import place_bytes, place_link
from pyservice.jobs.result_table import ResultRow
from pyservice.jobs.results import Rendered
from pyservice.jobs.sources import Source
from pyservice.jobs.worklist import Task
from pyservice.logs import logger
from pyservice.recipes import find_preset

_ENDINGS = [f"{MASK}.png", *(f"{RESULT}{extension}" for extension in EXTENSIONS.values())]


class Processor:
    """Turns tasks into files below `out` and rows of result.csv. Threads may share it.

    The wish is for every picture that has no row of its own.
    """

    def __init__(self, engine: Engine, wish: Wish, out: Path) -> None:
        self._engine = engine
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
        return ResultRow(filename=task.filename, status="failed", error=message, elapsed_ms=elapsed_ms, **_given(task))

    def _has_networks(self) -> bool:
        sessions = self._engine.sessions
        return any(row.installed(sessions.models_dir) for row in sessions.table.values())

    def _processed(self, task: Task, source: Source) -> ResultRow:
        with self._engine.lend(source.read(self._engine.limits.max_bytes)) as blob:
            made = outcome(self._engine, blob, self._wish_for(task))
        extension = EXTENSIONS[made.recipe.output.format]
        return ResultRow(
            filename=task.filename,
            processed_path=self._put(made.rendered.blob, made.rendered, f"{task.stem}{RESULT}{extension}"),
            mask_path=self._put_mask(made.rendered, f"{task.stem}{MASK}.png"),
            **made.columns,
            **_given(task),
        )

    def _wish_for(self, task: Task) -> Wish:
        """The row's own preset and values stand before those of the run."""
        if task.row is None:
            return self._wish
        base = self._wish.base if task.row.preset is None else find_preset(task.row.preset)
        return Wish(base, merged(self._wish.overrides, task.row.overrides), self._wish.channels)

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


def _given(task: Task) -> dict[str, Any]:
    """The columns that the spreadsheet tells."""
    return {} if task.row is None else {"sku": task.row.sku, "product_group": task.row.product_group}
