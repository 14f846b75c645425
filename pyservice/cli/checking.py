"""What `vitrine check` does once its arguments are known."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path, PurePath
from typing import Any

from pyservice.cli.consoles import out, print_json, shown, table
from pyservice.cli.each import each_picture, placed_names
from pyservice.cli.exits import DONE, SOME_FAILED
from pyservice.cli.studio import engine_in, worker_count
from pyservice.errors import InvalidRequest, VitrineError, sentence
from pyservice.imaging import EXTENSIONS
from pyservice.jobs import Checked, Engine
from pyservice.jobs.naming import RESULT
from pyservice.jobs.placed import remember_placed
from pyservice.jobs.placing import place_bytes
from pyservice.jobs.sources import Source, Sources
from pyservice.recipes import CheckReport, find_channel

_WORDS = {"pass": "[green]✓ pass[/]", "warn": "[yellow]! look[/]", "fail": "[red]✗ fail[/]"}


@dataclass(frozen=True)
class _Told:
    """One picture's verdict, or what kept it from getting one. path: where the mended or good picture is."""

    name: str
    checked: Checked | None = None
    path: str = ""
    error: str = ""
    mended: bool = False

    @property
    def report(self) -> CheckReport | None:
        """The last word: after mending, if there was any."""
        return None if self.checked is None else self.checked.report_after or self.checked.report

    @property
    def passed(self) -> bool:
        return self.report is not None and self.report.passed


def check(arguments: argparse.Namespace) -> int:
    """Check every picture; 2 where one does not pass. Raises what is wrong with the command itself."""
    find_channel(arguments.channel)
    if arguments.fix and arguments.out is None:
        raise InvalidRequest("Expected --out DIR with --fix, for the mended pictures")
    workers = worker_count(arguments.workers)
    sources = Sources(arguments.paths, leave_out=arguments.out, kind="mended")
    try:
        with engine_in(arguments.out if arguments.fix else None, workers) as engine:
            stems = placed_names(sources)
            checker = _Checker(engine, arguments.channel, arguments.out, arguments.fix, arguments.on, stems)
            told = each_picture(sources.pictures, checker.check, workers, lambda one: one.report is None)
    finally:
        sources.close()
    if arguments.json:
        print_json([_as_json(one) for one in told])
    else:
        _print(told)
    return DONE if all(one.passed for one in told) else SOME_FAILED


class _Checker:
    """Checks one picture at a time. Threads may share it."""

    def __init__(
        self, engine: Engine, channel: str, to: Path | None, fix: bool, on: date | None, stems: dict[Source, str]
    ) -> None:
        self._engine = engine
        self._channel = channel
        self._to = to
        self._fix = fix
        self._on = on or datetime.now(tz=UTC).date()
        self._stems = stems

    def check(self, source: Source) -> _Told:
        try:
            return self._checked(source)
        except (VitrineError, OSError) as error:
            return _Told(source.name, error=sentence(error))

    def _checked(self, source: Source) -> _Told:
        data = source.read(self._engine.limits.max_bytes)
        with self._engine.lend(data) as blob:
            checked = self._engine.check(blob, self._channel, on=self._on)
            if not self._fix or self._to is None:
                return _Told(source.name, checked)
            if not any(row.fix for row in checked.report.rows):
                # Another encoding could only make it worse.
                return _Told(source.name, checked, self._placed(data, source, PurePath(source.name).suffix))
            checked = self._engine.check(blob, self._channel, fix=True, on=self._on)
        if checked.fixed is None or checked.recipe is None:
            return _Told(source.name, checked)
        extension = EXTENSIONS[checked.recipe.output.format]
        return _Told(
            source.name,
            checked,
            self._placed(checked.fixed.data, source, f"{RESULT}{extension}", mended=True),
            mended=True,
        )

    def _placed(self, data: bytes, source: Source, ending: str, *, mended: bool = False) -> str:
        name = f"{self._stems[source]}{ending}"
        if mended:
            remember_placed(self._engine.store, "mended", name)
        path = (self._to or Path()) / name
        place_bytes(data, path)
        return str(path)


def _as_json(told: _Told) -> dict[str, Any]:
    answer: dict[str, Any] = {"filename": told.name, "passed": told.passed}
    if told.checked is None:
        return {**answer, "error": told.error}
    answer["report"] = told.checked.report.model_dump(mode="json")
    if told.path:
        answer |= {"path": told.path, "mended": told.mended}
    if told.checked.report_after is not None:
        answer["report_after"] = told.checked.report_after.model_dump(mode="json")
    return answer


def _print(all_told: Sequence[_Told]) -> None:
    console = out()
    for told in all_told:
        if told.report is None:
            console.print(f"[bold]{shown(told.name)}[/]: [red]{shown(told.error)}[/]")
            continue
        mended = f", {'mended' if told.mended else 'unchanged'}: {shown(told.path)}" if told.path else ""
        verdict = "passes" if told.passed else f"fails {len(told.report.failures)}"
        rows = table("", "Rule", "Found", "Wanted", "What to do")
        rows.title, rows.title_justify = f"{shown(told.name)}: {verdict}{mended}", "left"
        for row in told.report.rows:
            advice = " ".join(part for part in (row.reason, row.remedy) if part)
            rows.add_row(_WORDS[row.status], row.rule, shown(row.measured), shown(row.required), shown(advice))
        console.print(rows)
    passing = sum(told.passed for told in all_told)
    console.print(f"{passing} of {len(all_told)} pictures pass", highlight=False)
