"""The store: immutable blobs at ab/cd/<sha256>, and JSON records at records/<kind>/ab/<key>.json."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from pyservice.errors import CorruptBlob, InvalidConfig, NotFound
from pyservice.storage.files import Files
from pyservice.storage.local_files import LocalFiles
from pyservice.storage.remote_files import RemoteFiles
from pyservice.storage.verify import VerifyReport, verify

CHUNK_BYTES = 1 << 20
STALE_S = 3600
_MOST_SOUND = 100_000

_BLOB_ID = re.compile(r"[0-9a-f]{64}")
_KIND = re.compile(r"[a-z][a-z0-9-]{0,40}")
_KEY = re.compile(r"[0-9a-z_-]{2,200}")


class BlobStore:
    """Blobs and records under one fsspec URL. Threads may share it."""

    def __init__(self, url: str) -> None:
        """Raises InvalidConfig for a URL that nothing installed here can open."""
        try:
            fs, root = url_to_fs(url)
        except (ImportError, ValueError, TypeError, OSError) as error:
            raise InvalidConfig(
                f"VITRINE_BLOB_URL: Expected file:// or another URL that the installed fsspec can open, "
                f"received {url!r}: {error}"
            ) from None
        self._sound: dict[str, tuple[int, int, int]] = {}
        self._files: Files = LocalFiles(root) if isinstance(fs, LocalFileSystem) else RemoteFiles(fs, root)

    def put(self, data: bytes | BinaryIO) -> str:
        """Store the bytes and return their sha256. See put_new."""
        return self.put_new(data)[0]

    def put_new(self, data: bytes | BinaryIO) -> tuple[str, bool]:
        """Store the bytes; their sha256, and whether they were new: known bytes are not written twice.

        A stream is read once, in chunks. Raises StorageFull and what the stream raises; nothing is kept then.
        """
        if isinstance(data, bytes):
            blob = hashlib.sha256(data).hexdigest()
            if self._files.size(_blob_path(blob)) == len(data):
                return blob, False
            data_chunks: Iterable[bytes] = (data,)
        else:
            data_chunks = iter(lambda: data.read(CHUNK_BYTES), b"")
        writing = _Writing(self._files, data_chunks)
        self._files.write(writing.chunks(), writing.place, durable=True)
        return writing.blob, writing.is_new

    def get(self, blob: str, *, checked: bool = False) -> bytes:
        """The bytes. Raises NotFound; `checked` adds CorruptBlob where they do not match their name."""
        path = _path_of(blob)
        try:
            data = self._files.read(path)
        except (FileNotFoundError, NotADirectoryError):
            raise _missing(blob) from None
        if checked and hashlib.sha256(data).hexdigest() != blob:
            raise _altered(blob)
        return data

    def check(self, blob: str) -> None:
        """Raises CorruptBlob where the bytes do not match their name, and NotFound.

        A file on this disk that has not changed since it was last read is taken at its word.
        """
        path = self.path(blob)
        if path is None:
            self.get(blob, checked=True)
            return
        found = path.stat()
        state = (found.st_ino, found.st_size, found.st_mtime_ns)
        if self._sound.get(blob) == state:
            return
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != blob:
                raise _altered(blob)
        if len(self._sound) >= _MOST_SOUND:
            self._sound.clear()
        self._sound[blob] = state

    def open(self, blob: str) -> BinaryIO:
        """A seekable stream of the bytes. Raises NotFound."""
        path = _path_of(blob)
        try:
            return self._files.open(path)
        except (FileNotFoundError, NotADirectoryError):
            raise _missing(blob) from None

    def path(self, blob: str) -> Path | None:
        """The blob's file where the store is a local folder, else None. Raises NotFound."""
        self.size(blob)
        return self._files.local_path(_path_of(blob))

    def exists(self, blob: str) -> bool:
        """Whether the blob is stored; False for a name that cannot be one."""
        return _is_blob_id(blob) and self._files.size(_blob_path(blob)) is not None

    def size(self, blob: str) -> int:
        """Bytes of the blob. Raises NotFound."""
        size = self._files.size(_path_of(blob))
        if size is None:
            raise _missing(blob)
        return size

    def delete(self, blob: str) -> bool:
        """Remove the blob; False where there was none. Raises NotFound for a name that cannot be one."""
        return self._files.remove(_path_of(blob))

    def ids(self) -> Iterator[str]:
        """Every stored blob, in no order."""
        for found in self._files.walk():
            blob = found.path.rpartition("/")[2]
            if _is_blob_id(blob) and found.path == _blob_path(blob):
                yield blob

    def verify(self, expected: Iterable[str] = (), *, stale_s: float = STALE_S) -> VerifyReport:
        """Hash every blob again, look for the expected ones, and for files that belong to nobody.

        stale_s: age in seconds from which a temporary file counts as left over from a crash.
        """
        return verify(self._files, expected, stale_s=stale_s)

    def put_record(self, kind: str, key: str, record: dict[str, Any]) -> None:
        """Keep what was derived under this key; a later record replaces it. Raises StorageFull."""
        path = _record_path(kind, key)
        text = json.dumps(record, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
        # Not synced: a record lost in a power cut is made again.
        self._files.write((text.encode(),), lambda: path, durable=False)

    def get_record(self, kind: str, key: str) -> dict[str, Any] | None:
        """The record, or None where there is none or it cannot be read any more."""
        try:
            record = json.loads(self._files.read(_record_path(kind, key)))
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return None
        return record if isinstance(record, dict) else None

    def check_writable(self) -> None:
        """Write and drop a temporary file. Raises StorageFull or OSError."""
        self._files.write((b"vitrine",), lambda: None, durable=True)


class _Writing:
    """One stream on its way in: hashes what passes and then knows where it belongs."""

    def __init__(self, files: Files, source: Iterable[bytes]) -> None:
        self._files = files
        self._source = source
        self._hash = hashlib.sha256()
        self._bytes = 0
        self.is_new = False

    @property
    def blob(self) -> str:
        return self._hash.hexdigest()

    def chunks(self) -> Iterator[bytes]:
        for chunk in self._source:
            self._hash.update(chunk)
            self._bytes += len(chunk)
            yield chunk

    def place(self) -> str | None:
        path = _blob_path(self.blob)
        known_bytes = self._files.size(path)
        self.is_new = known_bytes is None
        # A stored file of another length is damaged: writing again heals it.
        return None if known_bytes == self._bytes else path


def _is_blob_id(text: str) -> bool:
    return _BLOB_ID.fullmatch(text) is not None


def _blob_path(blob: str) -> str:
    return f"{blob[:2]}/{blob[2:4]}/{blob}"


def _path_of(blob: str) -> str:
    """The path of a blob, once its name is known to be one: no other name ever reaches the disk."""
    if not _is_blob_id(blob):
        raise NotFound("Expected a blob id (64 hexadecimal digits), received something else")
    return _blob_path(blob)


def _record_path(kind: str, key: str) -> str:
    if not _KIND.fullmatch(kind) or not _KEY.fullmatch(key):
        raise ValueError(f"Expected a record's kind and key in lower case, received {kind!r} and {key!r}")
    return f"records/{kind}/{key[:2]}/{key}.json"


def _altered(blob: str) -> CorruptBlob:
    return CorruptBlob(f"Expected the bytes of blob {blob}, received others: the stored file was altered", blob=blob)


def _missing(blob: str) -> NotFound:
    return NotFound(f"Expected blob {blob} in the store, found none")
