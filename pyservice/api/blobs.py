"""POST /blobs takes a picture in; GET /blobs/<id> gives bytes out; DELETE /blobs/<id> forgets them."""

from __future__ import annotations

import io
import math
from pathlib import Path

from flask import Blueprint, Response, request, send_file
from werkzeug.http import parse_date

from pyservice.api.answers import as_untrusted, json_answer
from pyservice.api.body import let_refusal_be_heard, uploaded_file
from pyservice.api.service import current_service
from pyservice.errors import BrokenImage, InvalidRequest, UnsupportedFormat
from pyservice.imaging.facts import MIME_TYPES
from pyservice.imaging.sniff import sniff
from pyservice.jobs import Ingested
from pyservice.storage import BlobStore

blobs = Blueprint("blobs", __name__, url_prefix="/blobs")

LINK_S = 600
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


def ingested_answer(ingested: Ingested, **more: object) -> Response:
    """Facts of what was taken in, and where it is; more: fields beside them. 201 new, 200 known."""
    answer = json_answer({**ingested_facts(ingested), **more}, 201 if ingested.created else 200)
    answer.headers["Location"] = f"/blobs/{ingested.blob}"
    return answer


def ingested_facts(ingested: Ingested) -> dict[str, object]:
    """What is told of a picture that was taken in, wherever it came from."""
    return {
        "id": ingested.blob,
        **ingested.facts.model_dump(),
        "thumb": ingested.thumb,
        "thumbhash": ingested.thumbhash,
    }


@blobs.after_request
def _let_refusals_be_heard(response: Response) -> Response:
    return let_refusal_be_heard(response, 2 * current_service().settings.max_bytes)


@blobs.get("/<blob>")
def get_blob(blob: str) -> Response:
    """The stored bytes, in ranges if wished. A blob never changes, so it may be cached for ever."""
    start, file = _checked(current_service().engine.store, blob)
    response = send_file(file, mimetype=_content_type(start), etag=blob, conditional=True)
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return as_untrusted(response)


@blobs.get("/<blob>/link")
def get_link(blob: str) -> Response:
    """An address from which the store itself gives the bytes out for a while; null where it is a folder.

    Whoever has it needs no key. Nobody looks whether the blob is there.
    """
    url = current_service().engine.store.link(blob, LINK_S)
    response = json_answer({"url": url, "expires_in_s": LINK_S})
    response.headers["Cache-Control"] = "no-store"
    return response


@blobs.delete("/<blob>")
def delete_blob(blob: str) -> Response:
    """Remove a blob and what is remembered about it; answers the blobs that were derived from it, which stay.

    If-Unmodified-Since: an HTTP date. 412 where the blob was stored or asked for in that second or later.
    """
    derived = current_service().engine.store.forget(blob, before_s=_unmodified_since())
    return json_answer({"derived": derived})


def _checked(store: BlobStore, blob: str) -> tuple[bytes, Path | io.BytesIO]:
    """How the bytes begin, and where they are; read once where the store is away from this machine."""
    path = None if store.folder is None else store.path(blob)
    if path is None:
        data = store.get(blob, checked=True)
        return data[:_SNIFFED_BYTES], io.BytesIO(data)
    store.check(blob)
    with path.open("rb") as stream:
        return stream.read(_SNIFFED_BYTES), path.absolute()


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
