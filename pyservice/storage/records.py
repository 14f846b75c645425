"""JSON records at records/<kind>/ab/<key>.json: what can be made again from blobs, kept because it took time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pyservice.storage.files import Files

BLOB_ID = re.compile(r"[0-9a-f]{64}")
RECORD_PATH = re.compile(r"records/[a-z][a-z0-9-]*/([0-9a-z_-]{2})/(\1[0-9a-z_-]*)\.json")
_ROOT = "records"
_KIND = re.compile(r"[a-z][a-z0-9-]{0,40}")
_KEY = re.compile(r"[0-9a-z_-]{2,200}")


class Records:
    """Records of one store. Those about a source blob have keys that begin with `<source>-`."""

    def __init__(self, files: Files) -> None:
        self._files = files

    def put(self, kind: str, key: str, record: dict[str, Any]) -> None:
        """Keep it; a later one of the same key replaces it. Raises StorageFull."""
        path = _path(kind, key)
        text = json.dumps(record, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
        # A record lost in a power cut is made again.
        self._files.replace(path, text.encode())

    def get(self, kind: str, key: str) -> dict[str, Any] | None:
        """The record, or None where there is none or it cannot be read any more."""
        return read_record(self._files, _path(kind, key))

    def delete(self, kind: str, key: str) -> bool:
        """Remove it; False where there was none."""
        return self._files.remove(_path(kind, key))

    def forget(self, source: str) -> tuple[int, set[str]]:
        """Remove every record about a source blob: how many there were, and the other blobs that they named."""
        paths = [*self._about(source)]
        named: set[str] = set()
        for path in paths:
            named |= named_blobs(read_record(self._files, path))
            self._files.remove(path)
        return len(paths), named - {source}

    def _about(self, source: str) -> Iterator[str]:
        for kind in self._files.names(_ROOT):
            folder = f"{_ROOT}/{kind}/{source[:2]}"
            yield from (f"{folder}/{name}" for name in self._files.names(folder, f"{source}-"))


def read_record(files: Files, path: str) -> dict[str, Any] | None:
    """The JSON object in a file, or None where there is none or it cannot be read any more."""
    try:
        record = json.loads(files.read(path))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    return record if isinstance(record, dict) else None


def source_of(key: str) -> str | None:
    """The source blob that a record's key begins with, if it does."""
    source, dash, _ = key.partition("-")
    return source if dash and BLOB_ID.fullmatch(source) else None


def named_blobs(value: object) -> set[str]:
    """Every text in a record that may be a blob's id, however deep it lies."""
    if isinstance(value, str):
        return {value} if BLOB_ID.fullmatch(value) else set()
    if isinstance(value, dict):
        value = list(value.values())
    return {blob for part in value for blob in named_blobs(part)} if isinstance(value, list) else set()


def _path(kind: str, key: str) -> str:
    if not _KIND.fullmatch(kind) or not _KEY.fullmatch(key):
        raise ValueError(f"Expected a record's kind and key in lower case, received {kind!r} and {key!r}")
    return f"{_ROOT}/{kind}/{key[:2]}/{key}.json"
