"""Pictures that were worked on lately, within a budget of memory: sliders ask about the same one again and again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """Values by key, the oldest gone first. Threads may share it."""

    def __init__(self, most_bytes: int, size: Callable[[T], int]) -> None:
        self._most_bytes = most_bytes
        self._size = size
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, T] = OrderedDict()
        self._bytes = 0

    def get(self, key: Hashable) -> T | None:
        """What was kept under this key, or None."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def add(self, key: Hashable, value: T) -> None:
        """Keep a value. One that takes more than a quarter of the budget is not: it would push out too many others."""
        if self._size(value) * 4 > self._most_bytes:
            return
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = value
            self._bytes += self._size(value)
            while self._bytes > self._most_bytes:
                self._bytes -= self._size(self._kept.popitem(last=False)[1])


@dataclass(frozen=True)
class Shelf(Generic[T]):
    """The part of a Recent whose values hold for these reasons (whatever else decides them)."""

    recent: Recent[T]
    why: tuple[Hashable, ...]

    def get(self, key: Hashable) -> T | None:
        """See Recent.get."""
        return self.recent.get((self.why, key))

    def add(self, key: Hashable, value: T) -> None:
        """See Recent.add."""
        self.recent.add((self.why, key), value)
