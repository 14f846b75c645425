"""Is everything there, unaltered, and nothing else?"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass

from pyservice.storage.files import TEMP, Files, FoundFile

_BLOB = re.compile(r"([0-9a-f]{2})/([0-9a-f]{2})/(\1\2[0-9a-f]{60})")
_RECORD = re.compile(r"records/[a-z][a-z0-9-]*/([0-9a-z_-]{2})/\1[0-9a-z_-]*\.json")


@dataclass(frozen=True)
class VerifyReport:
    """checked: blobs read. flipped: ids whose bytes changed. missing: expected, not found. stray: paths."""

    checked: int
    flipped: tuple[str, ...]
    missing: tuple[str, ...]
    stray: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was found wrong."""
        return not (self.flipped or self.missing or self.stray)


def verify(files: Files, expected: Iterable[str], *, stale_s: float) -> VerifyReport:
    """Read every file of a store once. Temporary files younger than stale_s are somebody's work under way."""
    oldest_s = time.time() - stale_s
    seen: set[str] = set()
    flipped: list[str] = []
    stray: list[str] = []
    for found in files.walk():
        match = _BLOB.fullmatch(found.path)
        if match is None:
            if _is_stray(found, oldest_s):
                stray.append(found.path)
            continue
        actual = _sha256(files, found.path)
        if actual is None:  # deleted while we looked
            continue
        seen.add(match[3])
        if actual != match[3]:
            flipped.append(match[3])
    missing = sorted(set(expected) - seen)
    return VerifyReport(len(seen), tuple(sorted(flipped)), tuple(missing), tuple(sorted(stray)))


def _is_stray(found: FoundFile, oldest_s: float) -> bool:
    if found.path.startswith(f"{TEMP}/"):
        return found.modified_s < oldest_s
    return _RECORD.fullmatch(found.path) is None


def _sha256(files: Files, path: str) -> str | None:
    try:
        with files.open(path) as file:
            digest = hashlib.sha256()
            while chunk := file.read(1 << 20):
                digest.update(chunk)
            return digest.hexdigest()
    except FileNotFoundError:
        return None
