"""The same work on every picture of a command, side by side, in order, with progress."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from pyservice.cli.consoles import err
from pyservice.cli.progress import counting
from pyservice.errors import InvalidRequest
from pyservice.jobs.naming import result_stems
from pyservice.jobs.sources import Source, Sources

T = TypeVar("T")
# Pictures that wait, besides those under way.
_WAITING = 2


def each_picture(pictures: Sequence[Source], work: Callable[[Source], T], workers: int) -> list[T]:
    """What `work` answers for every picture, in order. Raises InvalidRequest where there are none."""
    if not pictures:
        raise InvalidRequest("Expected pictures in the paths given, found none")
    answers: list[T] = []
    under_way: deque[Future[T]] = deque()
    with counting(err(), len(pictures)) as tick, ThreadPoolExecutor(workers) as pool:
        for picture in pictures:
            under_way.append(pool.submit(work, picture))
            if len(under_way) >= workers + _WAITING:
                answers.append(under_way.popleft().result())
                tick(failed=False)
        while under_way:
            answers.append(under_way.popleft().result())
            tick(failed=False)
    return answers


def placed_names(sources: Sources) -> dict[Source, str]:
    """How each picture's results begin."""
    stems = result_stems([source.name for source in sources.pictures])
    return dict(zip(sources.pictures, stems, strict=True))
