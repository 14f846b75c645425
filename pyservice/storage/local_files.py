"""Files on a local disk, written so that a crash or a power cut never shows half of one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from pyservice.storage.files import TEMP, FoundFile, Place, needing_room


class LocalFiles:
    """Files below a folder. Temporary files are in its `tmp`: one file system, so that a rename is atomic."""

    def __init__(self, root: str) -> None:
        self._root = Path(root)

    def write(self, chunks: Iterable[bytes], place: Place, *, durable: bool) -> None:
        temp = self._root / TEMP / uuid4().hex
        try:
            with needing_room():
                _fill(temp, chunks, durable=durable)
                path = place()
                if path is not None:
                    _publish(temp, self._root / path, durable=durable)
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

    def remove(self, path: str) -> bool:
        try:
            (self._root / path).unlink()
        except (FileNotFoundError, NotADirectoryError):
            return False
        return True

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
    os.replace(temp, final)
    if durable:
        for folder in [final.parent, *(folder.parent for folder in made)]:
            _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
