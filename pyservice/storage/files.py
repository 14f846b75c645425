"""Whole files that appear at once or not at all: what a store asks of the place it lives in."""

from __future__ import annotations

import errno
import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from pyservice.errors import PreconditionFailed, StorageFull

TEMP = "tmp"

# Asked when every byte is written: the path the file goes to, or None when it is not needed after all.
Place = Callable[[], str | None]


@dataclass(frozen=True)
class FoundFile:
    """A file in the store: its path below the root, and when it was last written (seconds since 1970)."""

    path: str
    modified_s: float


class Files(Protocol):
    """Files below one root; paths are relative with slashes. A missing one is FileNotFoundError."""

    def write(self, chunks: Iterable[bytes], place: Place) -> bool:
        """Write a file that survives a power cut; on any failure nothing is left. Whether there was none before.

        Raises StorageFull, and StorageUnavailable where the place is away from here and does not answer, as all do.
        """

    def replace(self, path: str, data: bytes) -> None:
        """Write a small file, or put it in the place of an older one. It may be lost in a power cut."""

    def read(self, path: str) -> bytes:
        """All bytes."""

    def open(self, path: str) -> BinaryIO:
        """A seekable stream."""

    def size(self, path: str) -> int | None:
        """Bytes, or None where there is no such file."""

    def touch(self, path: str) -> bool:
        """Count it as just written; False where there is no such file, or no way but to write it again."""

    def remove(self, path: str, *, before_s: float = math.inf) -> bool:
        """Remove it; False where there was none.

        before_s: seconds since 1970; PreconditionFailed where the file was written or touched then or later. Nobody
        who writes or touches it, and hears that it is there, loses it to this.
        """

    def names(self, folder: str, beginning: str = "") -> list[str]:
        """What is directly in a folder and begins so, in no order; empty where there is no such folder."""

    def walk(self) -> Iterator[FoundFile]:
        """Every file, temporary ones too."""

    def local_path(self, path: str) -> Path | None:
        """Where the file is on this machine's disk, or None if it is elsewhere."""

    def link(self, path: str, expires_s: int) -> str | None:
        """An address from which everybody may read it for so long; None where the place has none. Nobody looks."""

    def check_reachable(self) -> None:
        """Raises InvalidConfig where the place is away from here and does not let us in."""

    def check_writable(self) -> None:
        """Write and drop a file. Raises StorageFull, StorageUnavailable or OSError."""


@contextmanager
def needing_room() -> Iterator[None]:
    """Raises StorageFull where the system says that disk or quota is used up."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise StorageFull("Expected room for a new file in the store, the disk or its quota is full") from error


def check_untouched(modified_s: float, before_s: float) -> None:
    """Raises PreconditionFailed where the file is not older than asked for."""
    if modified_s >= before_s:
        raise PreconditionFailed("Expected a blob that nobody stored or asked for since then, somebody did")
