"""The text of a spreadsheet, whatever program saved it: its encoding, its delimiter, its rows of cells."""

from __future__ import annotations

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from pyservice.errors import InvalidTable

MAX_TABLE_BYTES = 200_000_000
MAX_ROWS = 200_000
MAX_CELLS = 2_000_000
# Quotes may join any number of lines to one row.
_MOST_ROW_CHARS = 1_000_000
_MOST_SHOWN_CHARS = 100

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DELIMITERS = ",;\t"


@dataclass(frozen=True)
class TableText:
    """Decoded text and what separates its cells."""

    text: str
    delimiter: str

    def check(self) -> None:
        """Read it through. Raises InvalidTable."""
        deque(self.lines(), maxlen=0)

    def lines(self) -> Iterator[tuple[int, list[str]]]:
        """Every row that has something in it, with its number as a spreadsheet shows it (1 is the first).

        Raises InvalidTable.
        """
        lines = _Lines(self.text)
        rows = csv.reader(lines, delimiter=self.delimiter, strict=True)
        number = filled_rows = filled_cells = 0
        while True:
            number += 1
            lines.row_chars = 0
            try:
                cells = [cell.strip() for cell in next(rows)]
            except StopIteration:
                return
            except csv.Error as error:
                raise InvalidTable(f"Expected rows of cells, received at row {number}: {error}") from None
            if any(cells):
                filled_rows += 1
                filled_cells += sum(map(bool, cells))
                _check_size(filled_rows, filled_cells)
                yield number, cells


class _Lines:
    """The lines of a text, for as long as no row of them gets too long. row_chars: what the row has so far."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self.row_chars = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.row_chars += len(line)
        if self.row_chars > _MOST_ROW_CHARS:
            raise csv.Error(f"more than {_MOST_ROW_CHARS:,} characters in one row")
        return line


def table_text(data: bytes) -> TableText:
    """The text of a spreadsheet's bytes: UTF-8, UTF-16, UTF-32 or Windows-1252, comma, semicolon or tab.

    Raises InvalidTable for what is no text.
    """
    if len(data) > MAX_TABLE_BYTES:
        raise InvalidTable(f"Expected a table of at most {MAX_TABLE_BYTES:,} bytes, received {len(data):,}")
    text = _decoded(data)
    if "\0" in text:
        raise InvalidTable("Expected a table saved as text (CSV), received binary data")
    first, _, rest = text.partition("\n")
    named = first.strip().strip('"').lower()
    # Spreadsheet programs may write their separator into a line of its own; the line still counts as row 1.
    if named.startswith("sep=") and len(named) == 5:
        return TableText("\n" + rest, named[-1])
    return TableText(text, _delimiter(text))


def _check_size(filled_rows: int, filled_cells: int) -> None:
    if filled_rows > MAX_ROWS:
        raise InvalidTable(f"Expected at most {MAX_ROWS:,} rows in a table, received more")
    if filled_cells > MAX_CELLS:
        raise InvalidTable(f"Expected at most {MAX_CELLS:,} filled cells in a table, received more")


def shortened(text: str) -> str:
    """The beginning of a cell, as far as a sentence has room for it."""
    return text if len(text) <= _MOST_SHOWN_CHARS else f"{text[: _MOST_SHOWN_CHARS - 1]}…"


def _decoded(data: bytes) -> str:
    data = data.removeprefix(codecs.BOM_UTF8)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strictly(data[len(bom) :], encoding)
    if data[:2].count(0) == 1:
        return _strictly(data, "utf-16-be" if data[0] == 0 else "utf-16-le")
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InvalidTable(f"Expected {encoding.upper()} text, received other bytes at {error.start}") from None


def _delimiter(text: str) -> str:
    """The one that stands most often in the first row that has text, outside quotes."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(header.split('"')[::2])
    return max(_DELIMITERS, key=bare.count)
