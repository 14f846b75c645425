"""POST /fetch takes a picture in from an address outside."""

from __future__ import annotations

import threading

from flask import Blueprint, Response
from pydantic import Field

from pyservice.api.blobs import ingested_answer
from pyservice.api.body import Body, read_json
from pyservice.api.service import current_service
from pyservice.scraping import MAX_URL_CHARS, download

fetches = Blueprint("fetches", __name__)


class FetchBody(Body):
    """Where the picture is."""

    url: str = Field(min_length=1, max_length=MAX_URL_CHARS)


@fetches.post("/fetch")
def fetch() -> Response:
    """Download by the guarded client, and take in as POST /blobs does. 201 new, 200 known."""
    service = current_service()
    settings, outside = service.settings, service.outside
    body = read_json(FetchBody)
    service.places.refuse_if_full()
    with (
        outside.fetches.taken(),
        download(
            outside.client, body.url, max_bytes=settings.max_bytes, timeout_s=settings.fetch_timeout_s
        ) as downloaded,
        # However long that takes: refused now, it would be downloaded again.
        service.places.taken_when_idle(threading.Event()),
    ):
        proven = service.engine.prove(downloaded.file.read())
    fetched = {"url": downloaded.url, "name": downloaded.name}
    return ingested_answer(service.engine.keep(proven), fetched=fetched)
