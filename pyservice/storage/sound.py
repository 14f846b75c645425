"""Files that were read and found to be what their names promise, until they change."""

from __future__ import annotations

from pathlib import Path

_MOST = 100_000

# Inode, bytes and date: who writes into a file changes one of them.
State = tuple[int, int, int]


class SoundFiles:
    """What was hashed once need not be hashed again. Threads may share it."""

    def __init__(self) -> None:
        self._states: dict[str, State] = {}

    def has(self, blob: str, path: Path) -> bool:
        """Whether the blob's file is as it was when it was found sound."""
        known = self._states.get(blob)
        return known is not None and known == state_of(path)

    def add(self, blob: str, state: State | None) -> None:
        """The file in this state holds the blob's bytes."""
        if state is None:
            return
        if len(self._states) >= _MOST:
            self._states.clear()
        self._states[blob] = state


def state_of(path: Path) -> State | None:
    """The file's state, or None where there is no file."""
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
