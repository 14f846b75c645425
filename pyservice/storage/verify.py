"""Is everything there, unaltered, and nothing else?"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Collection
from dataclasses import dataclass, field

from pyservice.errors import PreconditionFailed
from pyservice.storage.files import TEMP, Files, FoundFile
from pyservice.storage.records import RECORD_PATH, Records, named_blobs, read_record, source_of

_BLOB = re.compile(r"([0-9a-f]{2})/([0-9a-f]{2})/(\1\2[0-9a-f]{60})")


@dataclass(frozen=True)
class VerifyReport:
    """checked: blobs read. flipped: ids whose bytes changed. missing: referenced, not found. stray: paths.

    unreferenced: ids that nobody needs any more. removed: ids and paths that were cleaned away, and stand in no
    other list.
    """

    checked: int
    flipped: tuple[str, ...]
    missing: tuple[str, ...]
    stray: tuple[str, ...]
    unreferenced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing wrong is left."""
        return not (self.flipped or self.missing or self.stray or self.unreferenced)


@dataclass
class _Seen:
    """What one walk through a store saw. blobs: by id, when they were last stored or touched (seconds since 1970)."""

    blobs: dict[str, float] = field(default_factory=dict)
    flipped: set[str] = field(default_factory=set)
    strays: set[str] = field(default_factory=set)
    # Which blobs the records about a source name; None: records about no source.
    named: dict[str | None, set[str]] = field(default_factory=dict)


def verify(files: Files, referenced: Collection[str] | None, *, grace_s: float, clean: bool) -> VerifyReport:
    """Read every blob of a store once, and its records where it is known which blobs are referenced.

    What is younger than grace_s counts as somebody's work under way: temporary files, and blobs that nobody
    refers to yet. clean removes what is stray or unreferenced, and older than that.
    """
    oldest_s = time.time() - grace_s
    seen = _walked(files, oldest_s, with_records=referenced is not None)
    unreferenced = set() if referenced is None else _unneeded(seen, referenced, oldest_s)
    blobs, strays = _cleaned(files, seen, unreferenced, oldest_s) if clean else (set(), set())
    return VerifyReport(
        checked=len(seen.blobs),
        flipped=tuple(sorted(seen.flipped - blobs)),
        missing=tuple(sorted(set(referenced or ()) - seen.blobs.keys())),
        stray=tuple(sorted(seen.strays - strays)),
        unreferenced=tuple(sorted(unreferenced - blobs)),
        removed=(*sorted(blobs), *sorted(strays)),
    )


def _walked(files: Files, oldest_s: float, *, with_records: bool) -> _Seen:
    seen = _Seen()
    for found in files.walk():
        blob, record = _BLOB.fullmatch(found.path), RECORD_PATH.fullmatch(found.path)
        if blob is not None:
            _see_blob(files, found, blob[3], seen)
        elif record is not None:
            if with_records:
                named = named_blobs(read_record(files, found.path))
                seen.named.setdefault(source_of(record[2]), set()).update(named)
        elif not found.path.startswith(f"{TEMP}/") or found.modified_s < oldest_s:
            seen.strays.add(found.path)
    return seen


def _see_blob(files: Files, found: FoundFile, blob: str, seen: _Seen) -> None:
    actual = _sha256(files, found.path)
    if actual is None:  # deleted while we looked
        return
    seen.blobs[blob] = found.modified_s
    if actual != blob:
        seen.flipped.add(blob)


def _unneeded(seen: _Seen, referenced: Collection[str], oldest_s: float) -> set[str]:
    """Stored blobs that neither a reference nor a record about something needed leads to.

    The originals of records may lie elsewhere, as those of `vitrine process` do: what such records name is needed.
    """
    young = {blob for blob, modified_s in seen.blobs.items() if modified_s >= oldest_s}
    elsewhere = seen.named.keys() - seen.blobs.keys()
    fresh = young.union(referenced, *(seen.named[source] for source in elsewhere))
    needed: set[str] = set()
    while fresh:
        needed |= fresh
        fresh = set().union(*(seen.named.get(blob, ()) for blob in fresh)) - needed
    return seen.blobs.keys() - needed


def _cleaned(files: Files, seen: _Seen, unreferenced: Collection[str], oldest_s: float) -> tuple[set[str], set[str]]:
    """The blobs and the strays that were removed: never what somebody has touched since it was looked at."""
    records = Records(files)
    blobs = set()
    for blob in unreferenced:
        if _removed(files, f"{blob[:2]}/{blob[2:4]}/{blob}", oldest_s):
            records.forget(blob)
            blobs.add(blob)
    return blobs, {path for path in seen.strays if _removed(files, path, oldest_s)}


def _removed(files: Files, path: str, oldest_s: float) -> bool:
    try:
        return files.remove(path, before_s=oldest_s)
    except PreconditionFailed:
        return False


def _sha256(files: Files, path: str) -> str | None:
    try:
        with files.open(path) as file:
            digest = hashlib.sha256()
            while chunk := file.read(1 << 20):
                digest.update(chunk)
            return digest.hexdigest()
    except FileNotFoundError:
        return None
