"""Which files in a folder of results were put there by Vitrine: no run may take them for originals."""

from __future__ import annotations

import csv
from pathlib import Path

from pyservice.jobs.table import unescaped
from pyservice.recipes import digest
from pyservice.storage import BlobStore

RESULT_TABLE = "result.csv"
# Beside the results: what is done already is found again.
STORE = ".vitrine"
_KIND = "placed"
_PATHS = ("processed_path", "mask_path")


class Placed:
    """Names below a folder of results, as its last table and its store tell them.

    Both are asked: a table names only the pictures of its run, and a store may have been thrown away.
    """

    def __init__(self, out: Path) -> None:
        self._out = out.resolve()
        self._store = BlobStore(f"file://{self._out / STORE}")
        self._in_table = _in_table(out / RESULT_TABLE)

    def has(self, path: Path) -> bool:
        """Whether the file was put there by an earlier run."""
        try:
            name = path.resolve().relative_to(self._out).as_posix()
        except ValueError:
            return False
        return name in self._in_table or self._store.get_record(_KIND, digest(name)) is not None


def remember_placed(store: BlobStore, name: str) -> None:
    """Keep that the file of this name, below the folder of results, is ours."""
    key = digest(name)
    if store.get_record(_KIND, key) is None:
        store.put_record(_KIND, key, {"name": name})


def _in_table(path: Path) -> set[str]:
    try:
        with path.open(newline="", encoding="utf-8-sig", errors="replace") as file:
            rows = [*csv.DictReader(file)]
    except (OSError, csv.Error):
        return set()
    return {unescaped(row.get(column) or "") for row in rows for column in _PATHS}
