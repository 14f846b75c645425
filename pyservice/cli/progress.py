"""How far a run is: a live bar on a terminal, a plain line now and then anywhere else."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
from rich.progress import TimeRemainingColumn as TimeRemaining
from rich.text import Text

_LINE_EVERY_S = 10.0


class Ticker(Protocol):
    """Told of every picture that is done."""

    def __call__(self, *, failed: bool) -> None: ...


@contextmanager
def counting(console: Console, total: int) -> Iterator[Ticker]:
    """Show the way from 0 to `total` pictures."""
    if console.is_terminal:
        with _bar(console) as bar:
            yield _on_bar(bar, total)
    else:
        yield _Lines(console, total)


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("–" if speed is None else f"{speed:.1f} a second" if speed >= 1 else f"{60 * speed:.0f} a minute")


def _bar(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemaining(),
        TextColumn("{task.fields[failed]}", style="red"),
        console=console,
    )


def _on_bar(bar: Progress, total: int) -> Ticker:
    task = bar.add_task("Pictures", total=total, failed="")
    failures = 0

    def tick(*, failed: bool) -> None:
        nonlocal failures
        failures += failed
        bar.update(task, advance=1, failed=f"{failures} failed" if failures else "")

    return tick


class _Lines:
    """Plain lines: one every few seconds, and the last."""

    def __init__(self, console: Console, total: int) -> None:
        self._console = console
        self._total = total
        self._started = self._said = time.monotonic()
        self._done = self._failed = 0

    def __call__(self, *, failed: bool) -> None:
        self._done += 1
        self._failed += failed
        now = time.monotonic()
        if now - self._said < _LINE_EVERY_S and self._done < self._total:
            return
        self._said = now
        rate = self._done / max(now - self._started, 1e-3)
        left_s = (self._total - self._done) / rate
        self._console.print(
            f"{self._done}/{self._total} pictures, {rate:.1f} a second, {left_s:.0f} s left, {self._failed} failed",
            highlight=False,
        )
