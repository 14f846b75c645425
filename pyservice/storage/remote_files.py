"""Files in an object store or in memory, through fsspec."""

from __future__ import annotations

import math
import posixpath
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast
from uuid import uuid4

from fsspec import AbstractFileSystem

from pyservice.storage.files import TEMP, FoundFile, Place, check_untouched, needing_room


class RemoteFiles:
    """Files below a prefix. An object shows only when its upload ends, and is durable then: no syncing."""

    def __init__(self, fs: AbstractFileSystem, root: str) -> None:
        self._fs = fs
        self._root = root.rstrip("/")
        # Held while it is decided what becomes of an object; never while bytes are sent. Other processes do not
        # hold it: a store away from this machine belongs to one service.
        self._deciding = threading.Lock()

    def write(self, chunks: Iterable[bytes], place: Place, *, durable: bool) -> None:
        temp = f"{TEMP}/{uuid4().hex}"
        try:
            with needing_room():
                with self._fs.open(self._full(temp), "wb") as file:
                    for chunk in chunks:
                        file.write(chunk)
                with self._deciding:
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

    def touch(self, path: str) -> bool:
        # fsspec has no way that object stores offer: S3 refuses to copy an object onto itself.
        return False

    def remove(self, path: str, *, before_s: float = math.inf) -> bool:
        full = self._full(path)
        try:
            if before_s == math.inf:
                self._fs.rm_file(full)
                return True
            with self._deciding:
                check_untouched(self._fs.modified(full).timestamp(), before_s)
                self._fs.rm_file(full)
        except FileNotFoundError:
            return False
        return True

    def names(self, folder: str) -> list[str]:
        full = self._full(folder)
        self._fs.invalidate_cache(full)
        try:
            return [posixpath.basename(found.rstrip("/")) for found in self._fs.ls(full, detail=False)]
        except (FileNotFoundError, NotADirectoryError):
            return []

    def walk(self) -> Iterator[FoundFile]:
        for full in self._fs.find(self._root):
            modified_s = self._fs.modified(full).timestamp()
            yield FoundFile(posixpath.relpath(full, self._root), modified_s)

    def local_path(self, path: str) -> Path | None:
        return None

    def _full(self, path: str) -> str:
        return f"{self._root}/{path}"
