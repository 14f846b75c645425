"""Files in an object store or in memory, through fsspec."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast
from uuid import uuid4

from fsspec import AbstractFileSystem

from pyservice.storage.files import TEMP, FoundFile, Place, needing_room


class RemoteFiles:
    """Files below a prefix. An object shows only when its upload ends, and is durable then: no syncing."""

    def __init__(self, fs: AbstractFileSystem, root: str) -> None:
        self._fs = fs
        self._root = root.rstrip("/")

    def write(self, chunks: Iterable[bytes], place: Place, *, durable: bool) -> None:
        temp = f"{TEMP}/{uuid4().hex}"
        try:
            with needing_room():
                with self._fs.open(self._full(temp), "wb") as file:
                    for chunk in chunks:
                        file.write(chunk)
                path = place()
                if path is not None:
                    self._fs.cp_file(self._full(temp), self._full(path))
        finally:
            self.remove(temp)

    def read(self, path: str) -> bytes:
        return cast("bytes", self._fs.cat_file(self._full(path)))

    def open(self, path: str) -> BinaryIO:
        return cast("BinaryIO", self._fs.open(self._full(path), "rb"))

    def size(self, path: str) -> int | None:
        try:
            return int(self._fs.info(self._full(path))["size"])
        except FileNotFoundError:
            return None

    def remove(self, path: str) -> bool:
        try:
            self._fs.rm_file(self._full(path))
        except FileNotFoundError:
            return False
        return True

    def walk(self) -> Iterator[FoundFile]:
        for full in self._fs.find(self._root):
            modified_s = self._fs.modified(full).timestamp()
            yield FoundFile(posixpath.relpath(full, self._root), modified_s)

    def local_path(self, path: str) -> Path | None:
        return None

    def _full(self, path: str) -> str:
        return f"{self._root}/{path}"
