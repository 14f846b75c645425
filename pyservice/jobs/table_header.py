"""The first row of a spreadsheet: the names of its columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from pyservice.errors import InvalidTable
from pyservice.jobs.table_text import shortened

MAX_COLUMNS = 1_000


def header_names(line: tuple[int, list[str]] | None, needed: str, full_names: Mapping[str, str]) -> list[str]:
    """The columns' names in lower case. full_names: what a short name stands for; both are one column.

    Raises InvalidTable where `needed` is not among them, by one name or the other, or a column comes twice.
    """
    names = [] if line is None else [cell.casefold().lstrip("\ufeff") for cell in line[1]]
    if len(names) > MAX_COLUMNS:
        raise InvalidTable(f"Expected at most {MAX_COLUMNS:,} columns, received {len(names):,}")
    counts = Counter(full_names.get(name, name) for name in names if name)
    if needed not in counts:
        received = shortened(", ".join(names)) or "none"
        raise InvalidTable(f"Expected a header row with a column {needed!r}, received {received}")
    twice = sorted(name for name, count in counts.items() if count > 1)
    if twice:
        raise InvalidTable(f"Expected each column once, received {shortened(', '.join(twice))} more than once")
    return names
