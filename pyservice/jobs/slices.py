"""A slice: as many items as one task of a worker does, so that tasks are neither too many nor too long."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pyservice.errors import VitrineError
from pyservice.jobs.chunk_item import MAX_ITEMS, Answer, ChunkItem, done, failed
from pyservice.jobs.engine import Engine
from pyservice.logs import logger

Work = Callable[[Engine, ChunkItem], Answer]

_WANTED_S = 0.5
# A slice that turns out longer is given back unfinished: progress stays live, other workers get their share.
_LONGEST_S = 1.0
_WEIGHT_OF_LATEST = 0.3


@dataclass(frozen=True)
class SliceAnswer:
    """Answers to the first items of a slice; those beyond were not begun."""

    answers: list[Answer]
    elapsed_s: float


def do_slice(engine: Engine, work: Work, items: Sequence[ChunkItem], begin: Callable[[int], None]) -> SliceAnswer:
    """Do the items in turn, at least one, for about a second. begin: is told the place of each."""
    started_s = time.perf_counter()
    answers: list[Answer] = []
    for place, item in enumerate(items):
        begin(place)
        answers.append(_answered(engine, work, item))
        if time.perf_counter() - started_s > _LONGEST_S:
            break
    return SliceAnswer(answers, time.perf_counter() - started_s)


def _answered(engine: Engine, work: Work, item: ChunkItem) -> Answer:
    started_s = time.perf_counter()

    def elapsed_ms() -> float:
        return round((time.perf_counter() - started_s) * 1000, 2)

    try:
        return done(item, work(engine, item), elapsed_ms())
    except VitrineError as error:
        return failed(item, error, elapsed_ms())
    except Exception as error:  # noqa: BLE001  a bug that one picture shows must not stop the others
        logger(__name__).error("item failed", exc_info=error, key=item.key, blob=item.blob)
        return failed(item, error, elapsed_ms())


class SliceSizer:
    """Learns how long an item takes, and says how many make a slice. Threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._usual_s = _WANTED_S

    def learn(self, answer: SliceAnswer) -> None:
        """Take what a slice took into account."""
        per_item_s = answer.elapsed_s / max(1, len(answer.answers))
        with self._lock:
            self._usual_s += _WEIGHT_OF_LATEST * (per_item_s - self._usual_s)

    def sliced(self, items: Sequence[ChunkItem]) -> list[list[ChunkItem]]:
        """The items in slices of the present size."""
        with self._lock:
            size = max(1, min(MAX_ITEMS, math.floor(_WANTED_S / max(self._usual_s, 1e-6))))
        return [list(items[start : start + size]) for start in range(0, len(items), size)]
