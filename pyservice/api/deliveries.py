"""POST /deliver hands a message to an address outside: webhooks, which the gateway signs."""

from __future__ import annotations

import time
from typing import Annotated

from flask import Blueprint, Response
from pydantic import Field, StringConstraints

from pyservice.api.answers import json_answer
from pyservice.api.body import Body, read_json
from pyservice.api.service import current_service
from pyservice.errors import InvalidRequest
from pyservice.scraping import MAX_URL_CHARS

MAX_MESSAGE_BYTES = 100_000
DELIVERY_TIMEOUT_S = 10.0
_MOST_HEADERS = 10

deliveries = Blueprint("deliveries", __name__)

HeaderName = Annotated[str, StringConstraints(pattern=r"^webhook-[a-z0-9-]{1,40}$")]
HeaderValue = Annotated[str, StringConstraints(pattern=r"^[!-~]([ -~]{0,998}[!-~])?$")]


class DeliverBody(Body):
    """Where to, and what."""

    url: str = Field(min_length=1, max_length=MAX_URL_CHARS)
    headers: dict[HeaderName, HeaderValue] = Field(max_length=_MOST_HEADERS)
    body: str


@deliveries.post("/deliver")
def deliver() -> Response:
    """POST the text as JSON by the guarded client; answers the status, whatever it is. The answer is not read."""
    outside = current_service().outside
    wish = read_json(DeliverBody)
    message = _encoded(wish.body)
    headers = {**wish.headers, "Content-Type": "application/json"}
    with outside.deliveries.taken():
        started_s = time.perf_counter()
        with outside.client.post(wish.url, message, headers, timeout_s=DELIVERY_TIMEOUT_S) as answer:
            elapsed_ms = round((time.perf_counter() - started_s) * 1000, 2)
            return json_answer({"status": answer.status, "elapsed_ms": elapsed_ms})


def _encoded(text: str) -> bytes:
    message = text.encode()
    if len(message) > MAX_MESSAGE_BYTES:
        raise InvalidRequest(f"Expected at most {MAX_MESSAGE_BYTES:,} bytes in body.body, received {len(message):,}")
    return message
