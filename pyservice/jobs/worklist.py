"""Which picture gets which row of the spreadsheet, and what its results are called."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from pyservice.jobs.naming import result_stems
from pyservice.jobs.sources import Source
from pyservice.jobs.table import TableRow


@dataclass(frozen=True)
class Task:
    """One picture to process. stem: how its results begin, below the output folder.

    row is empty where the spreadsheet does not name the picture; source is empty where `problem` says why.
    """

    filename: str
    source: Source | None = None
    row: TableRow | None = None
    stem: str = ""
    problem: str = ""


def worklist(sources: Sequence[Source], rows: Sequence[TableRow]) -> list[Task]:
    """The rows in their order, then the pictures that no row names, in theirs."""
    finder = _Finder(sources)
    tasks = [_of_row(row, finder) for row in rows]
    named = {id(task.source) for task in tasks}
    tasks += [Task(source.name, source) for source in sources if id(source) not in named]
    stems = iter(result_stems([task.source.name for task in tasks if task.source is not None]))
    return [
        task if task.source is None else Task(task.filename, task.source, task.row, next(stems), task.problem)
        for task in tasks
    ]


class _Finder:
    """Finds a picture by what a person calls it: its path, or its bare name where only one has it."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._by_key: dict[str, list[Source]] = defaultdict(list)
        for source in sources:
            for key in {_key(source.name), _key(PurePosixPath(source.name).name)}:
                self._by_key[key].append(source)

    def find(self, filename: str) -> list[Source]:
        """The exact one if there is one, else all that the name may mean."""
        found = self._by_key.get(_key(filename), [])
        exact = [source for source in found if source.name == filename] or [
            source for source in found if _key(source.name) == _key(filename)
        ]
        return exact[:1] or found


def _of_row(row: TableRow, finder: _Finder) -> Task:
    found = finder.find(row.filename) if row.filename else []
    source = found[0] if len(found) == 1 else None
    return Task(row.filename, source, row, problem=row.problem or _problem(row, found))


def _problem(row: TableRow, found: Sequence[Source]) -> str:
    if len(found) == 1:
        return ""
    where = f"Row {row.number}, column 'filename': Expected "
    if found:
        names = ", ".join(source.name for source in found[:3])
        return f"{where}one picture, {row.filename!r} may be any of {names}; write the path"
    return f"{where}the name of a picture among those given, received {row.filename!r}"


def _key(name: str) -> str:
    """Spreadsheets come from other systems: slashes, accents and case may be written otherwise there."""
    path = name.replace("\\", "/").removeprefix("./")
    return unicodedata.normalize("NFC", path).casefold()
