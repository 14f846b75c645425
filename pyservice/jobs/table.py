"""The seller's spreadsheet: a row per picture, with the values that differ from the recipe's own."""

from __future__ import annotations

from dataclasses import dataclass, field

from pyservice.errors import InvalidRecipe, NotFound
from pyservice.jobs.overrides import Overrides, Place, find_place, merged
from pyservice.jobs.table_header import header_names
from pyservice.jobs.table_text import shortened, table_text
from pyservice.recipes import find_preset

SHORT_NAMES = {name: f"adjust.{name}" for name in ("brightness", "contrast", "sharpness")}
FILENAME = "filename"
FACTS = ("sku", "product_group", "preset")

# As long as paths get.
_MOST_FACT_CHARS = 4_096
_MOST_PROBLEMS = 3
_ESCAPE = "'"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class TableRow:
    """One row. number: as a spreadsheet shows it, the header is 1. problem: why it cannot run."""

    number: int
    filename: str
    overrides: Overrides = field(default_factory=dict)
    preset: str | None = None
    sku: str = ""
    product_group: str = ""
    problem: str = ""


def read_table(data: bytes) -> list[TableRow]:
    """The rows of a spreadsheet's bytes, in order; a row with a bad value says so in `problem`.

    Raises InvalidTable where there is no header with a filename column, or no text at all.
    """
    text = table_text(data)
    # Of what is too large, nothing is made.
    text.check()
    lines = text.lines()
    header = header_names(next(lines, None), FILENAME, SHORT_NAMES)
    columns = [_column(name) for name in header]
    comma = text.delimiter == ";"
    return [_row(number, cells, header, columns, decimal_comma=comma) for number, cells in lines]


def _column(name: str) -> Place | str | None:
    """Where a column's values go: a parameter, a fact of the row by name, or None for a name nobody knows."""
    if name == FILENAME or name in FACTS:
        return name
    try:
        return find_place(SHORT_NAMES.get(name, name), "the header")
    except InvalidRecipe:
        return None


def _row(
    number: int,
    cells: list[str],
    header: list[str],
    columns: list[Place | str | None],
    *,
    decimal_comma: bool,
) -> TableRow:
    facts: dict[str, str] = {}
    overrides: Overrides = {}
    problems = _too_many(cells, header)
    for name, column, cell in zip(header, columns, cells, strict=False):
        if not cell:
            continue
        try:
            if isinstance(column, Place):
                value = column.value(cell, decimal_comma=decimal_comma)
                overrides = merged(overrides, {column.operation: {column.parameter: value}})
            else:
                facts[_known(column, name)] = _fact(column, cell)
        except (InvalidRecipe, NotFound) as error:
            problems.append(f"column {shortened(name)!r}: {error.message}")
    if FILENAME not in facts:
        problems.append(f"column {FILENAME!r}: Expected the name of a picture, received an empty cell")
    return TableRow(
        number,
        facts.get(FILENAME, ""),
        overrides,
        facts.get("preset"),
        facts.get("sku", ""),
        facts.get("product_group", ""),
        row_problem(number, problems),
    )


def row_problem(number: int, problems: list[str]) -> str:
    """What is wrong with a row in one sentence; of many things, the first few."""
    if not problems:
        return ""
    more = f"; and {len(problems) - _MOST_PROBLEMS} more" if len(problems) > _MOST_PROBLEMS else ""
    return f"Row {number}, {'; '.join(problems[:_MOST_PROBLEMS])}{more}"


def _too_many(cells: list[str], header: list[str]) -> list[str]:
    if not any(cells[len(header) :]):
        return []
    return [f"column {len(header) + 1}: Expected at most {len(header)} cells, received {len(cells)}"]


def _known(column: Place | str | None, name: str) -> str:
    if isinstance(column, str):
        return column
    known = ", ".join([FILENAME, *SHORT_NAMES, *FACTS])
    raise InvalidRecipe(f"Expected a column out of {known} or operation.parameter, received {shortened(name)!r}")


def _fact(column: Place | str | None, cell: str) -> str:
    # The mark that result.csv puts before a formula comes back off, so that its names can be read again.
    cell = unescaped(cell)
    if len(cell) > _MOST_FACT_CHARS:
        raise InvalidRecipe(f"Expected at most {_MOST_FACT_CHARS:,} characters, received {shortened(cell)!r}")
    if column == "preset":
        find_preset(cell)
    return cell


def unescaped(cell: str) -> str:
    """The cell without the mark that `escaped` put before it."""
    return cell[1:] if cell.startswith(_ESCAPE) and cell[1:].startswith(_FORMULA_STARTS) else cell


def escaped(cell: str) -> str:
    """The cell as text that no spreadsheet program will run as a formula."""
    return f"{_ESCAPE}{cell}" if cell.startswith(_FORMULA_STARTS) else cell
