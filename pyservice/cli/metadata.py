"""The gateway's metadata as one text, out and in, and the blobs that it refers to."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from pyservice.cli.archive import Readable
from pyservice.cli.gateway import has_gateway, run_tool, tool_command
from pyservice.errors import InvalidRequest
from pyservice.storage import BlobStore, is_blob_id

NOTHING_THERE = 3
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True)
class Dump:
    """A text of all metadata, checked. references: every blob that a row needs."""

    sha256: str
    rows: int
    references: frozenset[str]


def export_metadata(to: BinaryIO) -> bool:
    """Write all of it; False where there is none yet. The services may run. Raises InvalidRequest."""
    told = subprocess.run(tool_command("metadata", "export"), stdout=to, stderr=subprocess.PIPE, check=False)
    if told.returncode == NOTHING_THERE:
        return False
    _check("export", told.returncode, told.stderr.decode("utf-8", "replace"))
    return True


def import_metadata(source: BinaryIO) -> None:
    """Replace all of it by this text, or nothing. Raises InvalidRequest."""
    told = subprocess.run(tool_command("metadata", "import"), stdin=source, capture_output=True, check=False)
    _check("import", told.returncode, told.stderr.decode("utf-8", "replace"))


def count_rows() -> int:
    """How many rows there are. Raises InvalidRequest."""
    told = run_tool("metadata", "count")
    if told.returncode == NOTHING_THERE:
        return 0
    _check("count", told.returncode, told.stderr)
    return int(told.stdout)


def own_references(store: BlobStore) -> set[str] | None:
    """Every blob that must be in the store, and those about to go; None where there is no metadata to ask."""
    if not has_gateway():
        return None
    told = run_tool("metadata", "references")
    if told.returncode == NOTHING_THERE:
        return None
    _check("read", told.returncode, told.stderr)
    released = run_tool("metadata", "released")
    _check("read", released.returncode, released.stderr)
    return set(told.stdout.split()) | {blob for blob in released.stdout.split() if store.exists(blob)}


@dataclass(frozen=True)
class Holder:
    """What a blob is of. what: original, thumb, version 2, …; id, name: of the image, or of the recipe."""

    blob: str
    what: str
    id: str
    name: str


def holders_of(blobs: Sequence[str]) -> dict[str, list[Holder]]:
    """By blob, what it is of; empty where there is no metadata to ask. Raises InvalidRequest."""
    if not (blobs and has_gateway()):
        return {}
    told = run_tool("metadata", "holders", given="\n".join(blobs))
    if told.returncode == NOTHING_THERE:
        return {}
    _check("read", told.returncode, told.stderr)
    found: dict[str, list[Holder]] = {}
    # Not splitlines: names may hold what it takes for the end of a line.
    for line in told.stdout.split("\n"):
        if line:
            holder = Holder(**json.loads(line))
            found.setdefault(holder.blob, []).append(holder)
    return found


def copy_dump(source: Readable, to: BinaryIO) -> Dump:
    """Write it there and read it from there. Raises InvalidRequest where anything is lost or altered."""
    while chunk := source.read(_CHUNK_BYTES):
        to.write(chunk)
    to.seek(0)
    return read_dump(to)


def read_dump(source: BinaryIO) -> Dump:
    """Read it to its end and compare with its last line. Raises InvalidRequest where anything is lost or altered."""
    whole, before_last = hashlib.sha256(), hashlib.sha256()
    references: set[str] = set()
    holding: frozenset[str] = frozenset()
    last, rows = b"", -2  # neither the first nor the last line is a row
    for line in source:
        whole.update(line)
        before_last.update(last)
        rows += 1
        value = _parsed(line)
        if not last:
            holding = _holding(value)
        elif isinstance(value, list):
            references |= _blobs_of(value, holding)
        last = line
    if rows < 0 or _parsed(last) != {"rows": rows, "sha256": before_last.hexdigest()}:
        raise _altered()
    return Dump(whole.hexdigest(), rows, frozenset(references))


def _holding(header: object) -> frozenset[str]:
    names = header.get("holding") if isinstance(header, dict) else None
    if not isinstance(names, list):
        raise _altered()
    return frozenset(str(name) for name in names)


def _blobs_of(line: list[object], holding: frozenset[str]) -> set[str]:
    match line:
        case [str(name), {"blobs": list(blobs)}] if name in holding:
            if not all(isinstance(blob, str) and is_blob_id(blob) for blob in blobs):
                raise InvalidRequest(f"Expected blob ids in every row of {name}, received something else")
            return {str(blob) for blob in blobs}
        case _:
            return set()


def _parsed(line: bytes) -> object:
    try:
        return json.loads(line)
    except ValueError:
        raise _altered() from None


def _altered() -> InvalidRequest:
    return InvalidRequest("Expected metadata as it was written, received something cut off or altered")


def _check(what: str, code: int, complaint: str) -> None:
    if code != 0:
        raise InvalidRequest(f"Expected to {what} the metadata, received: {complaint.strip() or f'code {code}'}")
