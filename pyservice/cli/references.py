"""Which blobs somebody refers to: one id a line, in a file or on standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from pyservice.errors import InvalidRequest
from pyservice.storage import is_blob_id


def read_references(name: str) -> set[str]:
    """The ids in a file; `-` is standard input. Raises InvalidRequest that names the line."""
    if name == "-":
        return _ids(sys.stdin, "standard input")
    with open(name, encoding="utf-8", errors="replace") as lines:
        return _ids(lines, name)


def _ids(lines: Iterable[str], where: str) -> set[str]:
    ids: set[str] = set()
    for number, line in enumerate(lines, 1):
        blob = line.strip()
        if blob and not is_blob_id(blob):
            raise InvalidRequest(f"Expected a blob id in line {number} of {where}, received {blob[:80]!r}")
        ids.add(blob)
    ids.discard("")
    return ids
