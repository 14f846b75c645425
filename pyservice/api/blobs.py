"""POST /blobs takes a picture in; GET /blobs/<id> gives bytes out; DELETE /blobs/<id> forgets them."""

from __future__ import annotations

import io
import math

from flask import Blueprint, Response, request, send_file
from werkzeug.http import parse_date

from pyservice.api.answers import as_untrusted, json_answer
from pyservice.api.body import discard_rest, uploaded_file
from pyservice.api.service import current_service
from pyservice.errors import BrokenImage, InvalidRequest, UnsupportedFormat
from pyservice.imaging.facts import MIME_TYPES
from pyservice.imaging.sniff import sniff
from pyservice.jobs import Ingested

blobs = Blueprint("blobs", __name__, url_prefix="/blobs")

_SNIFFED_BYTES = 1024  # where an AVIF may still list its brands


@blobs.post("")
def add_blob() -> Response:
    """Check and decode a picture in the sandbox, store it, and answer its facts. 201 new, 200 known."""
    service = current_service()
    service.places.refuse_if_full()
    with uploaded_file(service.settings.max_bytes) as file, service.places.taken():
        proven = service.engine.prove(file.read())
    # While this one waits for the disk, another may compute.
    return ingested_answer(service.engine.keep(proven))


def ingested_answer(ingested: Ingested) -> Response:
    """Facts of what was taken in, and where it is. 201 new, 200 known."""
    facts = {
        "id": ingested.blob,
        **ingested.facts.model_dump(),
        "thumb": ingested.thumb,
        "thumbhash": ingested.thumbhash,
    }
    answer = json_answer(facts, 201 if ingested.created else 200)
    answer.headers["Location"] = f"/blobs/{ingested.blob}"
    return answer


@blobs.after_request
def _let_refusals_be_heard(response: Response) -> Response:
    """A refused upload is read on for a while. Not for strangers: they get their 401 and no more of our time."""
    if request.method == "POST" and response.status_code >= 400 and response.status_code != 401:
        discard_rest(2 * current_service().settings.max_bytes)
    return response


@blobs.get("/<blob>")
def get_blob(blob: str) -> Response:
    """The stored bytes, in ranges if wished. A blob never changes, so it may be cached for ever."""
    store = current_service().engine.store
    store.check(blob)
    with store.open(blob) as stream:
        content_type = _content_type(stream.read(_SNIFFED_BYTES))
    path = store.path(blob)
    response = send_file(
        path.absolute() if path else io.BytesIO(store.get(blob)),
        mimetype=content_type,
        etag=blob,
        conditional=True,
    )
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return as_untrusted(response)


@blobs.delete("/<blob>")
def delete_blob(blob: str) -> Response:
    """Remove a blob and what is remembered about it; answers the blobs that were derived from it, which stay.

    If-Unmodified-Since: an HTTP date. 412 where the blob was stored or asked for in that second or later.
    """
    derived = current_service().engine.store.forget(blob, before_s=_unmodified_since())
    return json_answer({"derived": derived})


def _unmodified_since() -> float:
    wished = request.headers.get("If-Unmodified-Since")
    if wished is None:
        return math.inf
    date = parse_date(wished)
    if date is None:
        raise InvalidRequest(f"Expected an HTTP date in If-Unmodified-Since, received {wished[:100]!r}")
    return date.timestamp()


def _content_type(start: bytes) -> str:
    try:
        return MIME_TYPES[sniff(start)]
    except (UnsupportedFormat, BrokenImage):
        return "application/octet-stream"
