"""Which picture gets which row of the spreadsheet, and what its results are called."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from pyservice.jobs.naming import result_stems
from pyservice.jobs.sources import Source
from pyservice.jobs.table import TableRow
from pyservice.jobs.table_text import shortened

# Of all pictures that a bare name may mean, as many are kept as a sentence names, and are told to be too many.
_MOST_NAMED = 3


@dataclass(frozen=True)
class Match:
    """One picture to process. at: its place among the names. stem: how its results begin, below the output folder.

    row is empty where the spreadsheet does not name the picture; at is empty where `problem` says why.
    """

    filename: str
    at: int | None = None
    row: TableRow | None = None
    stem: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Task:
    """A match with the picture itself; source is empty where `problem` says why."""

    filename: str
    source: Source | None = None
    row: TableRow | None = None
    stem: str = ""
    problem: str = ""


def worklist(sources: Sequence[Source], rows: Sequence[TableRow]) -> list[Task]:
    """The matches of these pictures and rows as tasks."""
    return [
        Task(match.filename, None if match.at is None else sources[match.at], match.row, match.stem, match.problem)
        for match in matches([source.name for source in sources], rows)
    ]


def matches(names: Sequence[str], rows: Sequence[TableRow]) -> list[Match]:
    """The rows in their order, then the pictures that no row names, in theirs. Time grows with their number alone."""
    finder = _Finder(names)
    found = [_of_row(row, finder) for row in rows]
    named = {match.at for match in found}
    found += [Match(name, at) for at, name in enumerate(names) if at not in named]
    stems = iter(result_stems([names[match.at] for match in found if match.at is not None]))
    return [match if match.at is None else replace(match, stem=next(stems)) for match in found]


class _Finder:
    """Finds a picture by what a person calls it: its path, or its bare name where only one has it."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self._exact: dict[str, int] = {}
        self._by_path: dict[str, int] = {}
        self._by_bare_name: dict[str, list[int]] = {}
        for at, name in enumerate(names):
            self._exact.setdefault(name, at)
            self._by_path.setdefault(_key(name), at)
            alike = self._by_bare_name.setdefault(_key(PurePosixPath(name).name), [])
            if len(alike) < _MOST_NAMED:
                alike.append(at)

    def find(self, filename: str) -> list[int]:
        """The places of the exact one if there is one, else of those that the name may mean."""
        key = _key(filename)
        exact = self._exact.get(filename, self._by_path.get(key))
        return self._by_bare_name.get(key, []) if exact is None else [exact]


def _of_row(row: TableRow, finder: _Finder) -> Match:
    found = finder.find(row.filename) if row.filename else []
    at = found[0] if len(found) == 1 else None
    return Match(row.filename, at, row, problem=row.problem or _problem(row, [finder.names[each] for each in found]))


def _problem(row: TableRow, found: Sequence[str]) -> str:
    if len(found) == 1:
        return ""
    where = f"Row {row.number}, column 'filename': Expected "
    if found:
        names = ", ".join(map(shortened, found))
        return f"{where}one picture, {shortened(row.filename)!r} may be any of {names}; write the path"
    return f"{where}the name of a picture among those given, received {shortened(row.filename)!r}"


def _key(name: str) -> str:
    """Spreadsheets come from other systems: slashes, accents and case may be written otherwise there."""
    path = name.replace("\\", "/").removeprefix("./")
    return unicodedata.normalize("NFC", path).casefold()
