"""Files away from this machine, through fsspec: an object shows whole, once its upload ends, and is durable then."""

from __future__ import annotations

import io
import math
import os
import posixpath
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, ClassVar, cast
from uuid import uuid4

from fsspec import AbstractFileSystem

from pyservice.errors import StorageUnavailable
from pyservice.storage.files import TEMP, FoundFile, Place, check_untouched, needing_room
from pyservice.storage.remote_stream import RemoteStream

_BUFFER_BYTES = 4 << 20
# Longer than a remover can take from looking at a file to its end, retries and all.
_REMOVAL_S = 60.0
_LOOK_AGAIN_S = 0.05
# To write what others keep removing.
_MOST_TRIES = 5


@dataclass(frozen=True)
class Facts:
    """What a place away from here tells of a file. tag: changes with the bytes, empty where there is none."""

    size: int
    modified_s: float
    tag: str = ""


class RemoteFiles:
    """Files below a prefix. Threads and processes may share them; after a fork the child gets connections of its own.

    No lock holds across machines. Who removes old files writes a mark first, looks, removes, and takes the mark back;
    who writes over a file that was there waits until there is no mark, and looks whether the file is still there.
    """

    # What the adapter raises where the place does not answer, or not as it should.
    failures: ClassVar[tuple[type[Exception], ...]] = (OSError,)

    def __init__(self, open_place: Callable[[], AbstractFileSystem], root: str) -> None:
        self._open_place = open_place
        self._opened, self._pid = open_place(), os.getpid()
        self._root = root.rstrip("/")

    def write(self, chunks: Iterable[bytes], place: Place) -> bool:
        data = b"".join(chunks)
        path = place()
        if path is None:
            return False
        with self._asking():
            facts = self._facts(path)
            if facts is None:
                self._send(path, data)
                return True
            is_same = self._is_same(facts, data)
            for _ in range(_MOST_TRIES):
                if not (is_same and self._renewed(path)):
                    self._send(path, data)
                if self._outlived_removal(path):
                    return False
        raise StorageUnavailable(f"Expected a file to stay where it was written, it was removed {_MOST_TRIES} times")

    def replace(self, path: str, data: bytes) -> None:
        with self._asking():
            self._send(path, data)

    def read(self, path: str) -> bytes:
        with self._asking():
            return cast("bytes", self._fs.cat_file(self._full(path)))

    def open(self, path: str) -> BinaryIO:
        size = self.size(path)
        if size is None:
            raise FileNotFoundError(path)
        stream = RemoteStream(lambda start, end: self._read_part(path, start, end), size)
        return io.BufferedReader(stream, _BUFFER_BYTES)

    def size(self, path: str) -> int | None:
        with self._asking():
            facts = self._facts(path)
        return None if facts is None else facts.size

    def touch(self, path: str) -> bool:
        with self._asking():
            return self._renewed(path) and self._outlived_removal(path)

    def remove(self, path: str, *, before_s: float = math.inf) -> bool:
        with self._asking():
            if before_s == math.inf:
                return self._removed(path, before_s)
            mark = f"{_marks_of(path)}{uuid4().hex}"
            self._send(mark, b"")
            try:
                return self._removed(path, before_s)
            finally:
                self._fs.rm_file(self._full(mark))

    def names(self, folder: str, beginning: str = "") -> list[str]:
        with self._asking():
            try:
                found = self._listed(self._full(folder), beginning)
            except (FileNotFoundError, NotADirectoryError):
                return []
        names = (posixpath.basename(full.rstrip("/")) for full in found)
        return [name for name in names if name.startswith(beginning)]

    def walk(self) -> Iterator[FoundFile]:
        """One first digit after the other: a listing of everything may be larger than memory."""
        with self._asking():
            try:
                parts = self._fs.ls(self._root, detail=True)
            except FileNotFoundError:
                return
        for part in parts:
            with self._asking():
                found = self._fs.find(part["name"], detail=True)
            for full, info in found.items():
                yield FoundFile(posixpath.relpath(full, self._root), self._modified_s(full, info))

    def local_path(self, path: str) -> Path | None:
        return None

    def link(self, path: str, expires_s: int) -> str | None:
        return None

    def check_reachable(self) -> None:
        return

    def check_writable(self) -> None:
        path = f"{TEMP}/{uuid4().hex}"
        self.replace(path, b"vitrine")
        with self._asking():
            self._fs.rm_file(self._full(path))

    @property
    def _fs(self) -> AbstractFileSystem:
        if self._pid != os.getpid():
            self._opened, self._pid = self._open_place(), os.getpid()
        return self._opened

    def _facts(self, path: str) -> Facts | None:
        full = self._full(path)
        try:
            info = self._fs.info(full)
        except FileNotFoundError:
            return None
        return Facts(int(info["size"]), self._modified_s(full, info)) if info["type"] == "file" else None

    def _is_same(self, facts: Facts, data: bytes) -> bool:
        """Whether the stored bytes are surely these. Many places cannot tell."""
        return False

    def _renewed(self, path: str) -> bool:
        """Count it as just written without sending it; False where there is none, or no way. Most places have none."""
        return False

    def _send(self, path: str, data: bytes) -> None:
        self._fs.pipe_file(self._full(path), data)

    def _read_part(self, path: str, start: int, end: int) -> bytes:
        with self._asking():
            return cast("bytes", self._fs.cat_file(self._full(path), start=start, end=end))

    def _listed(self, full: str, beginning: str) -> Iterable[str]:
        return cast("list[str]", self._fs.ls(full, detail=False))

    def _removed(self, path: str, before_s: float) -> bool:
        facts = self._facts(path)
        if facts is None:
            return False
        check_untouched(facts.modified_s, before_s)
        try:
            self._fs.rm_file(self._full(path))
        except FileNotFoundError:
            return False
        return True

    def _outlived_removal(self, path: str) -> bool:
        """Once nobody is removing it: whether it is there."""
        folder, _, name = _marks_of(path).rpartition("/")
        latest_s = time.monotonic() + _REMOVAL_S
        while self.names(folder, name) and time.monotonic() < latest_s:
            time.sleep(_LOOK_AGAIN_S)
        return self._facts(path) is not None

    def _modified_s(self, full: str, info: Mapping[str, object]) -> float:
        """A listing tells the date under one of many names; asking once more for each file would take for ever."""
        for name in ("LastModified", "last_modified", "mtime", "updated", "created"):
            date = info.get(name)
            if isinstance(date, datetime):
                return date.timestamp()
        return float(self._fs.modified(full).timestamp())

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Raises what _problem makes of the place's own errors."""
        try:
            with needing_room():
                yield
        except self.failures as error:
            problem = self._problem(error)
            if problem is error:
                raise
            raise problem from error

    def _problem(self, error: Exception) -> Exception:
        """StorageFull, or StorageUnavailable for whatever else the place does not do; a missing file stays one."""
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            return error
        return StorageUnavailable(f"Expected the place of the blobs to answer, received: {type(error).__name__}")

    def _full(self, path: str) -> str:
        return f"{self._root}/{path}"


def _marks_of(path: str) -> str:
    return f"{TEMP}/going-{posixpath.basename(path)}-"
