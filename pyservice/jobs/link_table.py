"""The spreadsheet of an import: a row per picture on the web, with what the shop knows of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from pyservice.jobs.table import row_problem, unescaped
from pyservice.jobs.table_header import header_names
from pyservice.jobs.table_text import shortened, table_text

URL = "image_url"
SHORT_NAMES = {"url": URL, "sku": "sku_id", "product_group": "product_group_id"}
# As the gallery keeps them.
_MOST_URL_CHARS = 2_000
_MOST_TEXT_CHARS = 100
_TEXTS = ("sku_id", "product_group_id", "image_type")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class LinkRow:
    """One row. row: its number as a spreadsheet shows it, the header is 1. problem: why it cannot be imported."""

    row: int
    url: str = ""
    sku: str = ""
    product_group: str = ""
    image_type: str = ""
    problem: str = ""


def link_rows(data: bytes) -> Iterator[LinkRow]:
    """The rows of a spreadsheet's bytes, in order. Columns that mean nothing here are passed over.

    Raises InvalidTable where there is no header with a column image_url or url, or what is no table at all.
    """
    text = table_text(data)
    # Before the first row is told: what is broken further down is told instead of any.
    text.check()
    lines = text.lines()
    header = [SHORT_NAMES.get(name, name) for name in header_names(next(lines, None), URL, SHORT_NAMES)]
    return (_row(number, dict(zip(header, map(unescaped, cells), strict=False))) for number, cells in lines)


def _row(number: int, cells: dict[str, str]) -> LinkRow:
    url = cells.get(URL, "")
    complaint = _complaint(url)
    problems = [f"column {URL!r}: {complaint}"] if complaint else []
    problems += [
        f"column {name!r}: Expected one line of at most {_MOST_TEXT_CHARS} characters, received {shortened(text)!r}"
        for name in _TEXTS
        if not _is_line(text := cells.get(name, ""), _MOST_TEXT_CHARS)
    ]
    sku, product_group, image_type = (cells.get(name, "") for name in _TEXTS)
    return LinkRow(number, url, sku, product_group, image_type, row_problem(number, problems))


def _complaint(url: str) -> str:
    """What is wrong with an address at first sight; whether it may be asked is decided where it is asked."""
    if not _is_line(url, _MOST_URL_CHARS):
        return f"Expected an address of at most {_MOST_URL_CHARS:,} characters, received {shortened(url)!r}"
    if not _is_web_address(url):
        received = repr(shortened(url)) if url else "an empty cell"
        return f"Expected an address like https://shop.example/shoe.jpg, received {received}"
    return ""


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _is_line(text: str, most_chars: int) -> bool:
    return len(text) <= most_chars and not _CONTROL.search(text)
