"""Which files in a folder of results were put there by Vitrine: no run may take them for originals."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pyservice.jobs.table import unescaped
from pyservice.recipes import digest
from pyservice.storage import BlobStore

RESULT_TABLE = "result.csv"
# Beside the results: what is done already is found again.
STORE = ".vitrine"
# By whom: `process` goes on from originals, and `check` may be asked to mend what `process` made.
Kind = Literal["processed", "mended"]
_PATHS = ("processed_path", "mask_path")


class Placed:
    """Names below a folder of results, as its store and, for `process`, its last table tell them.

    Both are asked: a table names only the pictures of its run, and a store may have been thrown away.
    """

    def __init__(self, out: Path, kind: Kind) -> None:
        self._out = out.resolve()
        self._kind = kind
        self._store = BlobStore(f"file://{self._out / STORE}")
        self._in_table = _in_table(out / RESULT_TABLE) if kind == "processed" else set()

    def has(self, path: Path) -> bool:
        """Whether the file was put there by an earlier run."""
        try:
            name = path.resolve().relative_to(self._out).as_posix()
        except ValueError:
            return False
        return name in self._in_table or self._store.records.get(self._kind, digest(name)) is not None


def remember_placed(store: BlobStore, kind: Kind, name: str) -> None:
    """Keep that the file of this name, below the folder of results, is ours."""
    key = digest(name)
    if store.records.get(kind, key) is None:
        # Names from old file systems may hold bytes that are no text.
        store.records.put(kind, key, {"name": name.encode("utf-8", "replace").decode()})


def take_back(store: BlobStore, kind: Kind, out: Path, stem: str, endings: Iterable[str]) -> None:
    """Remove what an earlier run put below `out` under these names: it no longer says what was asked for."""
    for ending in endings:
        if store.records.get(kind, digest(f"{stem}{ending}")) is not None:
            (out / f"{stem}{ending}").unlink(missing_ok=True)


def _in_table(path: Path) -> set[str]:
    try:
        with path.open(newline="", encoding="utf-8-sig", errors="replace") as file:
            rows = [*csv.DictReader(file)]
    except (OSError, csv.Error):
        return set()
    return {unescaped(row.get(column) or "") for row in rows for column in _PATHS}
