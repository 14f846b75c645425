"""What `vitrine process` does once its arguments are known."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from pyservice.cli.attachments import with_attachments
from pyservice.cli.consoles import err, out, shown, table
from pyservice.cli.exits import DONE, INTERRUPTED, SOME_FAILED, leave_at_once
from pyservice.cli.interrupts import stopping
from pyservice.cli.progress import counting
from pyservice.cli.studio import engine_in, worker_count
from pyservice.errors import InvalidRecipe, InvalidRequest, InvalidTable
from pyservice.jobs.outcome import Wish
from pyservice.jobs.overrides import OUTPUT, merged, overridden, parse_setting
from pyservice.jobs.placed import RESULT_TABLE
from pyservice.jobs.placing import place_bytes
from pyservice.jobs.processing import Processor
from pyservice.jobs.result_table import ResultRow, result_csv
from pyservice.jobs.side_by_side import side_by_side
from pyservice.jobs.sources import Sources
from pyservice.jobs.table import TableRow, read_table
from pyservice.jobs.worklist import Task, worklist
from pyservice.recipes import Preset, Recipe, bind, find_channel, find_preset, parse_recipe


@dataclass(frozen=True)
class Order:
    """The arguments of `vitrine process`. recipe, where given, takes the place of the preset."""

    paths: Sequence[str]
    out: Path
    preset: str
    csv: Path | None = None
    recipe: Path | None = None
    settings: Sequence[str] = ()
    channels: Sequence[str] = ()
    format: str | None = None
    workers: int | None = None


def process(order: Order) -> int:
    """Process every picture, write result.csv, tell what failed. Raises what is wrong with the order itself."""
    settings, attachments = with_attachments(order.settings)
    wish = _wish(order, settings)
    rows = [] if order.csv is None else read_table(_bytes(order.csv, "a table"))
    sources = Sources(order.paths, leave_out=order.out)
    try:
        tasks = worklist(sources.pictures, rows)
        if not tasks:
            raise InvalidRequest(
                f"Expected pictures in {', '.join(order.paths)}, besides results of earlier runs; found none"
            )
        return _carried_out(order, wish, tasks, attachments)
    finally:
        sources.close()


def _carried_out(order: Order, wish: Wish, tasks: list[Task], attachments: Sequence[bytes]) -> int:
    console = err()
    started = time.monotonic()
    workers = worker_count(order.workers)
    done: dict[int, ResultRow] = {}
    with (
        engine_in(order.out, workers) as engine,
        stopping(lambda: console.print("Stopping after the pictures under way …")) as stop,
    ):
        for data in attachments:
            engine.ingest(data)
        processor = Processor(engine, wish, order.out)
        try:
            with counting(console, len(tasks)) as tick:
                for index, row in side_by_side(tasks, processor.run, workers, stop):
                    done[index] = row
                    tick(failed=row.status == "failed")
        except KeyboardInterrupt:
            _write_table(order.out, done)
            # Nothing is waited for: threads that are at work would hold an ordinary exit up.
            leave_at_once()
        finally:
            _write_table(order.out, done)
    return _told(console, order, tasks, done, time.monotonic() - started)


def _write_table(to: Path, done: dict[int, ResultRow]) -> None:
    """What is done, in order. Where nothing is, the table of an earlier run stays."""
    if done:
        place_bytes(result_csv(done[index] for index in sorted(done)), to / RESULT_TABLE)


def _told(console: Console, order: Order, tasks: list[Task], done: dict[int, ResultRow], elapsed_s: float) -> int:
    failed = sorted(index for index, row in done.items() if row.status == "failed")
    if failed:
        _print_failures(console, [(tasks[index].row, done[index]) for index in failed])
    good = len(done) - len(failed)
    told = out()
    told.print(f"{good} of {len(tasks)} pictures done in {elapsed_s:.1f} s, {len(failed)} failed", highlight=False)
    told.print(f"Results: {order.out}\nTable:   {order.out / RESULT_TABLE}", highlight=False, soft_wrap=True)
    if len(done) < len(tasks):
        return INTERRUPTED
    return SOME_FAILED if failed else DONE


def _print_failures(console: Console, failures: Sequence[tuple[TableRow | None, ResultRow]]) -> None:
    failed = table("Picture", "Row", "What went wrong")
    for row, result in failures:
        failed.add_row(shown(result.filename), "" if row is None else str(row.number), shown(result.error))
    console.print(failed)


def _wish(order: Order, settings: Sequence[str]) -> Wish:
    base: Preset | Recipe = find_preset(order.preset) if order.recipe is None else _recipe(order.recipe)
    overrides = merged(*map(parse_setting, settings))
    if order.format is not None:
        overrides = merged(overrides, {OUTPUT: {"format": order.format}})
    for name in order.channels:
        find_channel(name)
    # A wrong recipe is a wrong command, not a failure of every picture.
    bind(overridden(base if isinstance(base, Recipe) else base.recipe, overrides))
    return Wish(base, overrides, tuple(order.channels))


def _recipe(path: Path) -> Recipe:
    try:
        return parse_recipe(json.loads(_bytes(path, "a recipe")))
    except ValueError as error:
        raise InvalidRecipe(f"Expected a recipe in JSON in {path}, received: {error}") from None


def _bytes(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InvalidTable(f"Expected {what} in {path}, received: {error.strerror}") from None
