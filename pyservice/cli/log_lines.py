"""What several programs write, line by line on one output, each behind its name."""

from __future__ import annotations

import os
import sys
import threading
from typing import TextIO

_COLORS = (36, 35, 33)
_WIDTH = 9


class LogLines:
    """Threads may share it. Whoever reads may leave: what is written then is dropped, and nobody has to wait."""

    def __init__(self, names: tuple[str, ...], to: TextIO | None = None) -> None:
        self._to = to or sys.stdout
        self._lock = threading.Lock()
        painted = self._to.isatty() and not os.environ.get("NO_COLOR")
        self._prefixes = {
            name: f"\x1b[{color}m{name:<{_WIDTH}} |\x1b[0m" if painted else f"{name:<{_WIDTH}} |"
            for name, color in zip(names, _COLORS, strict=False)
        }

    def write(self, name: str, line: str) -> None:
        """One line of a program's."""
        self._write(f"{self._prefixes[name]} {printable(line)}\n")

    def say(self, text: str) -> None:
        """A line of our own."""
        self._write(f"{text}\n")

    def _write(self, text: str) -> None:
        with self._lock:
            try:
                self._to.write(text)
                self._to.flush()
            except (OSError, ValueError):
                self._to = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  for as long as we live


def printable(line: str) -> str:
    """The line without characters that would steer a terminal."""
    return "".join(letter if letter.isprintable() or letter == "\t" else "\ufffd" for letter in line)
