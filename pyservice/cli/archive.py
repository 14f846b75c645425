"""A backup as one tar file that any tar reads: metadata.ndjson, blobs/<id> …, and MANIFEST.json at its end.

We read it header by header and know the only names that may come: nothing is ever unpacked to a path.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO, Protocol

from pydantic import BaseModel, ConfigDict, ValidationError

from pyservice import __version__
from pyservice.errors import InvalidRequest

FORMAT = 1
METADATA = "metadata.ndjson"
MANIFEST = "MANIFEST.json"
_BLOB = re.compile(r"blobs/([0-9a-f]{64})")
_BLOCK = tarfile.BLOCKSIZE
_CHUNK_BYTES = 1 << 20
_MOST_MANIFEST_BYTES = 256 << 20


class Manifest(BaseModel):
    """What the archive holds. A blob's name is its sha256; damaged: blobs that are needed and were lost before."""

    model_config = ConfigDict(extra="forbid", strict=True)

    format: int
    vitrine: str
    created_at: str
    metadata_sha256: str
    rows: int
    blobs: int
    blob_bytes: int
    damaged: list[str]
    # Of all the rest, so that nothing in here can change unnoticed.
    sha256: str = ""

    def sum(self) -> str:
        """The sha256 of everything but itself."""
        rest = self.model_dump(exclude={"sha256"})
        return hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()


class ArchiveWriter:
    """Writes the members in their order: metadata, blobs, manifest."""

    def __init__(self, file: BinaryIO) -> None:
        self._tar = tarfile.open(fileobj=file, mode="w", format=tarfile.GNU_FORMAT)  # noqa: SIM115  closed in finish
        self._now_s = int(datetime.now(tz=UTC).timestamp())
        self.blobs = 0
        self.blob_bytes = 0

    def add_metadata(self, source: BinaryIO, size: int) -> None:
        """All rows, as the gateway writes them down."""
        self._add(METADATA, source, size)

    def add_blob(self, blob: str, data: bytes) -> None:
        """Bytes whose sha256 is `blob`."""
        self._add(f"blobs/{blob}", io.BytesIO(data), len(data))
        self.blobs += 1
        self.blob_bytes += len(data)

    def finish(self, metadata_sha256: str, rows: int, damaged: list[str]) -> Manifest:
        """Ends the archive."""
        manifest = Manifest(
            format=FORMAT,
            vitrine=__version__,
            created_at=datetime.now(tz=UTC).isoformat(timespec="seconds"),
            metadata_sha256=metadata_sha256,
            rows=rows,
            blobs=self.blobs,
            blob_bytes=self.blob_bytes,
            damaged=damaged,
        )
        manifest.sha256 = manifest.sum()
        text = manifest.model_dump_json(indent=1).encode()
        self._add(MANIFEST, io.BytesIO(text), len(text))
        self._tar.close()
        return manifest

    def _add(self, name: str, source: BinaryIO, size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = size, self._now_s, 0o600
        self._tar.addfile(info, source)


class Readable(Protocol):
    """What can be read in chunks."""

    def read(self, size: int = -1, /) -> bytes: ...


class _Part(io.RawIOBase):
    """One member's bytes. Raises InvalidRequest where the archive ends before they do."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self.left = size

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        wanted = self.left if size < 0 else min(size, self.left)
        data = self._file.read(wanted)
        if len(data) < wanted:
            raise cut_off()
        self.left -= len(data)
        return data


@dataclass(frozen=True)
class Member:
    """blob: its id, where it is one. data may be read until the next member is asked for."""

    name: str
    blob: str | None
    data: Readable


def members(file: BinaryIO) -> Iterator[Member]:
    """Every member up to and with the manifest, which ends the archive.

    Raises InvalidRequest for an archive that is cut off, damaged, or holds what a backup never does.
    """
    file.seek(0)
    name = ""
    while name != MANIFEST:
        info = _header(file.read(_BLOCK))
        name = info.name
        blob = _BLOB.fullmatch(name)
        if not info.isreg() or (blob is None and name not in (METADATA, MANIFEST)):
            raise InvalidRequest(f"Expected a backup of Vitrine, found {name[:80]!r} in it")
        part = _Part(file, info.size)
        yield Member(name, blob[1] if blob else None, part)
        while part.left:
            part.read(_CHUNK_BYTES)
        file.read(-info.size % _BLOCK)


def _header(block: bytes) -> tarfile.TarInfo:
    if len(block) < _BLOCK or not block.strip(b"\0"):
        raise cut_off()
    try:
        return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.HeaderError as error:
        raise altered(f"in a header: {error}") from None


def read_manifest(data: Readable) -> Manifest:
    """Raises InvalidRequest where it is not as it was written."""
    try:
        manifest = Manifest.model_validate_json(data.read(_MOST_MANIFEST_BYTES))
    except ValidationError:
        raise altered(f"in {MANIFEST}") from None
    if manifest.sum() != manifest.sha256:
        raise altered(f"in {MANIFEST}")
    if manifest.format != FORMAT:
        raise InvalidRequest(f"Expected a backup of format {FORMAT}, received format {manifest.format}")
    return manifest


def digest_of(data: Readable) -> str:
    """The sha256 of what is left to read."""
    digest = hashlib.sha256()
    while chunk := data.read(_CHUNK_BYTES):
        digest.update(chunk)
    return digest.hexdigest()


def cut_off() -> InvalidRequest:
    """The archive ends too early."""
    return InvalidRequest("Expected a whole backup, received one that is cut off")


def altered(where: str) -> InvalidRequest:
    """The archive is not what was written."""
    return InvalidRequest(f"Expected a backup as it was written, received one that was altered {where}")
