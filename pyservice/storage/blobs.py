"""The store: immutable blobs at ab/cd/<sha256>, and JSON records at records/<kind>/ab/<key>.json."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from pyservice.errors import CorruptBlob, NotFound
from pyservice.storage.opening import files_at
from pyservice.storage.records import BLOB_ID, Records
from pyservice.storage.sound import SoundFiles, state_of
from pyservice.storage.verify import VerifyReport, verify

CHUNK_BYTES = 1 << 20
GRACE_S = 3600


class BlobStore:
    """Blobs and records under one fsspec URL. Threads may share it."""

    def __init__(self, url: str) -> None:
        """Raises InvalidConfig for a URL that nothing installed here can open."""
        self._sound = SoundFiles()
        self._files = files_at(url)
        self.records = Records(self._files)

    def put(self, data: bytes | BinaryIO) -> str:
        """Store the bytes and return their sha256. See put_new."""
        return self.put_new(data)[0]

    def put_new(self, data: bytes | BinaryIO) -> tuple[str, bool]:
        """Store the bytes; their sha256, and whether they were new: known bytes are touched, not written twice, but
        where the stored file is damaged.

        A stream is read once, in chunks. Raises StorageFull and what the stream raises; nothing is kept then.
        """
        if isinstance(data, bytes):
            blob = blob_id(data)
            return blob, self.renew(blob, data)
        writing = _Writing(self._freshen, iter(lambda: data.read(CHUNK_BYTES), b""))
        is_new = self._files.write(writing.chunks(), writing.place)
        return writing.blob, is_new

    def renew(self, blob: str, data: bytes) -> bool:
        """Store bytes whose sha256 is `blob`, or count them as just stored; whether they were new.

        Where they cannot be touched, because they are gone or not on this disk, they are written again, so that
        nobody who asks for a deletion of older bytes takes these away. A damaged file is written again as well.
        Raises StorageFull.
        """
        path = _path_of(blob)
        return not self._freshen(blob) and self._files.write((data,), lambda: path)

    def _freshen(self, blob: str) -> bool:
        """Count a sound file on this disk as just stored; False where only writing it again can do that."""
        if self._files.local_path(_path_of(blob)) is None:
            return False
        try:
            self.check(blob)
        except (NotFound, CorruptBlob, OSError):
            # What the disk cannot read any more is damaged, too.
            return False
        return self.touch(blob)

    def touch(self, blob: str) -> bool:
        """Count a blob as just stored; False where only writing it again can do that."""
        path = self._files.local_path(_path_of(blob))
        sound = path is not None and self._sound.has(blob, path)
        touched = self._files.touch(_path_of(blob))
        if touched and sound and path is not None:
            # What was read stays read: only the date is another.
            self._sound.add(blob, state_of(path))
        return touched

    def get(self, blob: str, *, checked: bool = False) -> bytes:
        """The bytes. Raises NotFound; `checked` adds CorruptBlob where they do not match their name."""
        path = _path_of(blob)
        local = self._files.local_path(path)
        state = None if local is None else state_of(local)
        try:
            data = self._files.read(path)
        except (FileNotFoundError, NotADirectoryError):
            raise _missing(blob) from None
        if checked:
            if hashlib.sha256(data).hexdigest() != blob:
                raise _altered(blob)
            self._sound.add(blob, state)
        return data

    def check(self, blob: str) -> None:
        """Raises CorruptBlob where the bytes do not match their name, and NotFound.

        A file on this disk that has not changed since it was last read is taken at its word.
        """
        path = self._files.local_path(_path_of(blob))
        if path is None:
            self.get(blob, checked=True)
            return
        if self._sound.has(blob, path):
            return
        state = state_of(path)
        if state is None:
            raise _missing(blob)
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != blob:
                raise _altered(blob)
        self._sound.add(blob, state)

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

    def link(self, blob: str, expires_s: int) -> str | None:
        """An address from which everybody may read the bytes for so long; None where the store has none.

        Raises NotFound for a name that cannot be one; nobody looks whether the blob is there.
        """
        return self._files.link(_path_of(blob), expires_s)

    @property
    def folder(self) -> Path | None:
        """The absolute folder of a store on this machine's disk, else None."""
        root = self._files.local_path("")
        return None if root is None else root.absolute()

    def exists(self, blob: str) -> bool:
        """Whether the blob is stored; False for a name that cannot be one."""
        return is_blob_id(blob) and self._files.size(_blob_path(blob)) is not None

    def size(self, blob: str) -> int:
        """Bytes of the blob. Raises NotFound."""
        size = self._files.size(_path_of(blob))
        if size is None:
            raise _missing(blob)
        return size

    def delete(self, blob: str, *, before_s: float = math.inf) -> bool:
        """Remove the blob; False where there was none.

        before_s: seconds since 1970; raises PreconditionFailed where the blob was stored or touched then or later.
        Raises NotFound for a name that cannot be one.
        """
        return self._files.remove(_path_of(blob), before_s=before_s)

    def forget(self, blob: str, *, before_s: float = math.inf) -> list[str]:
        """Remove the blob and every record about it; the other blobs that those named and that still exist.

        The blob goes first: whoever derives from it at this moment finds it gone after writing a record, and takes
        the record back. Raises PreconditionFailed as `delete` does, and NotFound where there was neither.
        """
        was_there = self.delete(blob, before_s=before_s)
        records, named = self.records.forget(blob)
        if not (was_there or records):
            raise _missing(blob)
        return sorted(other for other in named if self.exists(other))

    def ids(self) -> Iterator[str]:
        """Every stored blob, in no order."""
        for found in self._files.walk():
            blob = found.path.rpartition("/")[2]
            if is_blob_id(blob) and found.path == _blob_path(blob):
                yield blob

    def verify(
        self, referenced: Collection[str] | None = None, *, grace_s: float = GRACE_S, clean: bool = False
    ) -> VerifyReport:
        """Hash every blob again, and look for files that belong to nobody.

        referenced: every blob id that somebody refers to, if that is known; then the missing and the unreferenced
        are told as well. grace_s: what is younger may still be somebody's work under way. clean: remove what is
        stray or unreferenced, and older.
        """
        return verify(self._files, referenced, grace_s=grace_s, clean=clean)

    def check_reachable(self) -> None:
        """Raises InvalidConfig where the store is away from this machine and does not let us in."""
        self._files.check_reachable()

    def check_writable(self) -> None:
        """Write and drop a temporary file. Raises StorageFull, StorageUnavailable or OSError."""
        self._files.check_writable()


class _Writing:
    """One stream on its way in: hashes what passes and then knows where it belongs."""

    def __init__(self, freshen: Callable[[str], bool], source: Iterable[bytes]) -> None:
        self._freshen = freshen
        self._source = source
        self._hash = hashlib.sha256()

    @property
    def blob(self) -> str:
        return self._hash.hexdigest()

    def chunks(self) -> Iterator[bytes]:
        for chunk in self._source:
            self._hash.update(chunk)
            yield chunk

    def place(self) -> str | None:
        """None where it is stored already; see BlobStore.renew."""
        return None if self._freshen(self.blob) else _blob_path(self.blob)


def blob_id(data: bytes) -> str:
    """The name of these bytes: their sha256."""
    return hashlib.sha256(data).hexdigest()


def is_blob_id(text: str) -> bool:
    """Whether this may name a blob: 64 hexadecimal digits."""
    return BLOB_ID.fullmatch(text) is not None


def _blob_path(blob: str) -> str:
    return f"{blob[:2]}/{blob[2:4]}/{blob}"


def _path_of(blob: str) -> str:
    """The path of a blob, once its name is known to be one: no other name ever reaches the disk."""
    if not is_blob_id(blob):
        raise NotFound("Expected a blob id (64 hexadecimal digits), received something else")
    return _blob_path(blob)


def _altered(blob: str) -> CorruptBlob:
    return CorruptBlob(f"Expected the bytes of blob {blob}, received others: the stored file was altered", blob=blob)


def _missing(blob: str) -> NotFound:
    return NotFound(f"Expected blob {blob} in the store, found none")
