"""POST /worklists finds which picture gets which row of a spreadsheet, and what its results are called."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated

from flask import Blueprint, Response
from pydantic import Field

from pyservice.api.body import Body, json_bytes, parse_json
from pyservice.api.ndjson import Lines, ndjson_answer
from pyservice.api.service import current_service
from pyservice.errors import InvalidRequest
from pyservice.jobs.table import TableRow, read_table
from pyservice.jobs.worklist import Match, matches

worklists = Blueprint("worklists", __name__)

MAX_BYTES = 32_000_000


class WorklistBody(Body):
    """The pictures' names, with their folders, and the bytes of a CSV in base64."""

    names: list[Annotated[str, Field(max_length=4_096)]] = Field(max_length=100_000)
    table: str | None = None


@worklists.post("/worklists")
def make_worklist() -> Response:
    """A line per row, then one per picture that no row names; what is wrong with a row is told in its line."""
    data = json_bytes(MAX_BYTES)
    with current_service().places.taken():
        found = _found(parse_json(WorklistBody, data))
    return ndjson_answer(_told(found))


def _found(body: WorklistBody) -> list[Match]:
    return matches(body.names, [] if body.table is None else read_table(_decoded(body.table)))


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidRequest(f"Expected base64 at body.table, received something else: {error}") from None


def _told(found: list[Match]) -> Lines:
    for match in found:
        row = match.row or TableRow(0, match.filename)
        yield {
            "at": match.at,
            "filename": match.filename,
            "row": row.number or None,
            "overrides": row.overrides,
            "preset": row.preset,
            "sku": row.sku,
            "product_group": row.product_group,
            "stem": match.stem,
            "problem": match.problem,
        }
