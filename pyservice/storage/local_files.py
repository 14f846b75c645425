"""Files on a local disk, written so that a crash or a power cut never shows half of one."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from pyservice.errors import PreconditionFailed
from pyservice.storage.files import TEMP, FoundFile, Place, check_untouched, needing_room


class LocalFiles:
    """Files below a folder. Temporary files are in its `tmp`: one file system, so that a rename is atomic."""

    def __init__(self, root: str) -> None:
        self._root = Path(root)

    def write(self, chunks: Iterable[bytes], place: Place) -> bool:
        return self._write(chunks, place, durable=True)

    def replace(self, path: str, data: bytes) -> None:
        self._write((data,), lambda: path, durable=False)

    def _write(self, chunks: Iterable[bytes], place: Place, *, durable: bool) -> bool:
        temp = self._root / TEMP / uuid4().hex
        try:
            with needing_room():
                _fill(temp, chunks, durable=durable)
                path = place()
                if path is None:
                    return False
                is_new = self.size(path) is None
                _publish(temp, self._root / path, durable=durable)
                return is_new
        finally:
            self.remove(f"{TEMP}/{temp.name}")

    def read(self, path: str) -> bytes:
        return (self._root / path).read_bytes()

    def open(self, path: str) -> BinaryIO:
        return (self._root / path).open("rb")

    def size(self, path: str) -> int | None:
        try:
            return (self._root / path).stat().st_size
        except (FileNotFoundError, NotADirectoryError):
            return None

    def touch(self, path: str) -> bool:
        try:
            _touch(self._root / path)
        except (FileNotFoundError, NotADirectoryError):
            return False
        return True

    def remove(self, path: str, *, before_s: float = math.inf) -> bool:
        full = self._root / path
        try:
            if before_s < math.inf:
                check_untouched(full.lstat().st_mtime, before_s)
                full = self._hidden(full, before_s)
            full.unlink()
        except (FileNotFoundError, NotADirectoryError):
            return False
        return True

    def _hidden(self, full: Path, before_s: float) -> Path:
        """Put a file where nobody finds it: who touched it until then is seen, who comes later writes it again.

        No lock does this between processes. Raises PreconditionFailed, with the file back in its place.
        """
        hidden = self._root / TEMP / uuid4().hex
        hidden.parent.mkdir(parents=True, exist_ok=True)
        os.rename(full, hidden)
        try:
            check_untouched(hidden.lstat().st_mtime, before_s)
        except PreconditionFailed:
            os.replace(hidden, full)
            raise
        return hidden

    def names(self, folder: str, beginning: str = "") -> list[str]:
        try:
            return [name for name in os.listdir(self._root / folder) if name.startswith(beginning)]
        except (FileNotFoundError, NotADirectoryError):
            return []

    def walk(self) -> Iterator[FoundFile]:
        for folder, _, names in os.walk(self._root):
            for name in names:
                full = Path(folder, name)
                try:
                    modified_s = full.lstat().st_mtime
                except FileNotFoundError:  # a temporary file that was moved while we looked
                    continue
                yield FoundFile(full.relative_to(self._root).as_posix(), modified_s)

    def local_path(self, path: str) -> Path | None:
        return self._root / path

    def link(self, path: str, expires_s: int) -> str | None:
        return None

    def check_reachable(self) -> None:
        return

    def check_writable(self) -> None:
        self.write((b"vitrine",), lambda: None)


def _fill(temp: Path, chunks: Iterable[bytes], *, durable: bool) -> None:
    temp.parent.mkdir(parents=True, exist_ok=True)
    with temp.open("xb") as file:
        for chunk in chunks:
            file.write(chunk)
        file.flush()
        if durable:
            os.fsync(file.fileno())


def _publish(temp: Path, final: Path, *, durable: bool) -> None:
    """Move into place. The entries of folders made for it are made durable as well."""
    made = [folder for folder in final.parents if not folder.exists()]
    final.parent.mkdir(parents=True, exist_ok=True)
    _touch(temp)  # a long write is dated earlier than it ends
    os.replace(temp, final)
    if durable:
        for folder in [final.parent, *(folder.parent for folder in made)]:
            sync_folder(folder)


def _touch(file: Path) -> None:
    # To the nanosecond: the system's own time stamps lag by some milliseconds.
    now_ns = time.time_ns()
    os.utime(file, ns=(now_ns, now_ns))


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
