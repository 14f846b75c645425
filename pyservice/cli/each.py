"""The same work on every picture of a command, in order, with progress."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

from pyservice.cli.consoles import err
from pyservice.cli.progress import counting
from pyservice.errors import InvalidRequest
from pyservice.jobs.naming import result_stems
from pyservice.jobs.side_by_side import side_by_side
from pyservice.jobs.sources import Source, Sources

T = TypeVar("T")


def each_picture(
    pictures: Sequence[Source], work: Callable[[Source], T], workers: int, failed: Callable[[T], bool]
) -> list[T]:
    """What `work` answers for every picture, in order. Raises InvalidRequest where there are none."""
    if not pictures:
        raise InvalidRequest("Expected pictures in the paths given, found none")
    answers: dict[int, T] = {}
    with counting(err(), len(pictures)) as tick:
        for index, answer in side_by_side(pictures, work, workers, threading.Event()):
            answers[index] = answer
            tick(failed=failed(answer))
    return [answers[index] for index in range(len(pictures))]


def placed_names(sources: Sources) -> dict[Source, str]:
    """How each picture's results begin."""
    stems = result_stems([source.name for source in sources.pictures])
    return dict(zip(sources.pictures, stems, strict=True))
