"""POST /chunks renders up to 50 items of a batch on the workers, and tells each as it gets done."""

from __future__ import annotations

import contextlib

from flask import Blueprint, Response, request
from pydantic import ValidationError
from pydantic_core import from_json
from werkzeug.exceptions import UnsupportedMediaType

from pyservice.api.ndjson import NDJSON, Lines, ndjson_answer
from pyservice.api.service import current_service
from pyservice.errors import InvalidRequest
from pyservice.jobs.chunk_item import MAX_ITEMS, ChunkItem
from pyservice.operations import explain

chunks = Blueprint("chunks", __name__)

MOST_CHUNKS = 8
_MAX_BYTES = 4_000_000


@chunks.post("/chunks")
def do_chunk() -> Response:
    """A line per item, in no order. Raises InvalidRequest, TooBusy, and ClusterUnavailable before the first line."""
    service = current_service()
    service.chunk_places.refuse_if_full()
    items = _items()
    with contextlib.ExitStack() as place:
        place.enter_context(service.chunk_places.taken())
        chunk = service.chunks.begin(items)
        held = place.pop_all()

    def lines() -> Lines:
        with held:
            yield from chunk.lines()

    return ndjson_answer(lines(), hung_up=chunk.cancel)


def _items() -> list[ChunkItem]:
    if request.mimetype != NDJSON:
        raise UnsupportedMediaType(f"Expected a body of type {NDJSON}")
    request.max_content_length = _MAX_BYTES
    with current_service().readers.taken():
        lines = request.get_data(cache=False).splitlines()
    if not 1 <= len(lines) <= MAX_ITEMS:
        raise InvalidRequest(f"Expected 1 to {MAX_ITEMS} lines in the body, received {len(lines)}")
    items = [_item(number, line) for number, line in enumerate(lines, 1)]
    keys = [item.key for item in items]
    for number, key in enumerate(keys, 1):
        if key in keys[: number - 1]:
            raise InvalidRequest(f"Expected a key of its own in line {number}, received {key!r} a second time")
    return items


def _item(number: int, line: bytes) -> ChunkItem:
    try:
        return ChunkItem.model_validate(from_json(line, allow_inf_nan=False))
    except ValidationError as error:
        raise InvalidRequest(explain(error, f"line {number}")) from None
    except ValueError as error:
        raise InvalidRequest(f"Expected JSON in line {number}, received something else: {error}") from None
