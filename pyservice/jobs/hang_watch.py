"""Ends the process when one item takes for ever: what hangs in native code cannot be stopped otherwise."""

from __future__ import annotations

import faulthandler
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_LOOKS_PER_LIMIT = 100
_LONGEST_LOOK_S = 1.0
# For the news to leave the process.
_LAST_WORDS_S = 1.0
# Where a loop in native code holds the interpreter, not even the watch can run: the system's own timer ends it.
_BEYOND_S = 30.0


class HangWatch:
    """Watches the one item that a worker is at. tell: is told its slice and place before the process ends."""

    def __init__(self, limit_s: float, tell: Callable[[str, int], None]) -> None:
        self._limit_s = limit_s
        self._tell = tell
        self._at: tuple[str, int, float] | None = None
        threading.Thread(target=self._watch, name="hang-watch", daemon=True).start()

    @contextmanager
    def over(self, slice_name: str) -> Iterator[Callable[[int], None]]:
        """Watch a slice; call what this yields with the place of each item that is begun."""
        stderr = sys.__stderr__
        if stderr is not None:
            faulthandler.dump_traceback_later(2 * self._limit_s + _BEYOND_S, exit=True, file=stderr)
        try:
            yield lambda place: self._begin(slice_name, place)
        finally:
            self._at = None
            faulthandler.cancel_dump_traceback_later()

    def _begin(self, slice_name: str, place: int) -> None:
        self._at = (slice_name, place, time.monotonic() + self._limit_s)

    def _watch(self) -> None:
        while True:
            time.sleep(min(_LONGEST_LOOK_S, self._limit_s / _LOOKS_PER_LIMIT))
            at = self._at
            if at is not None and time.monotonic() > at[2]:
                self._tell(at[0], at[1])
                time.sleep(_LAST_WORDS_S)
                os._exit(1)
