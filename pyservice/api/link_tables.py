"""POST /link-tables reads the spreadsheet of an import: pictures on the web, and what the shop knows of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from flask import Blueprint, Response

from pyservice.api.body import body_bytes
from pyservice.api.ndjson import Lines, ndjson_answer
from pyservice.api.service import current_service
from pyservice.jobs.link_table import LinkRow, link_rows

link_tables = Blueprint("link_tables", __name__)

MAX_BYTES = 32_000_000


@link_tables.post("/link-tables")
def read_link_table() -> Response:
    """A line per row of the CSV in the body; one that cannot be imported says why. 400 for what is no such table."""
    data = body_bytes(MAX_BYTES)
    with current_service().places.taken():
        rows = link_rows(data)
    return ndjson_answer(_told(rows))


def _told(rows: Iterator[LinkRow]) -> Lines:
    for row in rows:
        yield asdict(row)
