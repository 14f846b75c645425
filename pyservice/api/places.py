"""Bounded work: so many pictures at once, so many waiting, and a polite refusal for the rest."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from pyservice.errors import TooBusy

MAX_RETRY_AFTER_S = 60
_WEIGHT_OF_LATEST = 0.2
_IDLE_POLL_S = 0.02


class Places:
    """`concurrency` places to work at and `queue` places to wait at. Shared by threads."""

    def __init__(self, concurrency: int, queue: int, to_do: str = "work") -> None:
        self._concurrency = concurrency
        self._queue = queue
        self._to_do = to_do
        self._free = threading.Semaphore(concurrency)
        self._lock = threading.Lock()
        self._inside = 0
        self._usual_s = 1.0

    @property
    def busy(self) -> int:
        """Requests at work."""
        return min(self._inside, self._concurrency)

    @property
    def waiting(self) -> int:
        """Requests waiting for a place."""
        return max(0, self._inside - self._concurrency)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold a place, waiting for one if need be. Raises TooBusy where nobody may wait any more."""
        self._enter()
        try:
            with self._free:
                started_s = time.monotonic()
                yield
                self._learn(time.monotonic() - started_s)
        finally:
            with self._lock:
                self._inside -= 1

    @contextmanager
    def taken_when_idle(self, stop: threading.Event) -> Iterator[None]:
        """Hold a place that nobody else waits for, however long that takes: for work that is in no hurry.

        Raises TooBusy once `stop` is set.
        """
        while not self._entered_idle():
            if stop.wait(_IDLE_POLL_S):
                raise TooBusy("Expected a place to become free, the work was stopped")
        try:
            with self._free:
                yield
        finally:
            with self._lock:
                self._inside -= 1

    def refuse_if_full(self) -> None:
        """Raises TooBusy where `taken` would: asked before a body is read for nothing."""
        if self._inside >= self._concurrency + self._queue:
            raise TooBusy(
                f"Expected one of {self._concurrency} places to {self._to_do} or {self._queue} to wait, all are taken",
                retry_after_s=self._retry_after_s(),
            )

    def _enter(self) -> None:
        with self._lock:
            self.refuse_if_full()
            self._inside += 1

    def _entered_idle(self) -> bool:
        with self._lock:
            is_free = self._inside < self._concurrency
            self._inside += is_free
            return is_free

    def _learn(self, elapsed_s: float) -> None:
        self._usual_s += _WEIGHT_OF_LATEST * (elapsed_s - self._usual_s)

    def _retry_after_s(self) -> int:
        """About when the first of the waiting will have moved up."""
        wait_s = math.ceil(self._usual_s * (self.waiting + 1) / self._concurrency)
        return max(1, min(MAX_RETRY_AFTER_S, wait_s))
