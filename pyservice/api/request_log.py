"""A request id on everything, and one log event and two figures per request."""

from __future__ import annotations

import re
import time
from uuid import uuid4

from flask import Flask, Response, g, request

from pyservice.api.service import current_service
from pyservice.logs import bind_request, logger, unbind_request

HEADER = "X-Request-Id"
_METHODS = ("GET", "HEAD", "POST", "DELETE", "OPTIONS")
_QUIET = ("/healthz", "/readyz", "/metrics")

log = logger(__name__)


def log_requests(app: Flask) -> None:
    """Register before every other hook, so that those already have a request id."""
    app.before_request(_begin)
    app.after_request(_end)
    app.teardown_request(lambda _error: unbind_request())


def _begin() -> None:
    wished = request.headers.get(HEADER, "")
    # What a caller sends ends in logs and headers: only harmless characters, of bounded length.
    g.request_id = wished if re.fullmatch(r"[A-Za-z0-9._-]{1,64}", wished) else uuid4().hex
    g.started_s = time.perf_counter()
    bind_request(g.request_id)


def _end(response: Response) -> Response:
    elapsed_s = time.perf_counter() - g.started_s
    route = request.url_rule.rule if request.url_rule else "unknown"
    # A method is a stranger's word; only known ones may become a time series.
    method = request.method if request.method in _METHODS else "other"
    figures = current_service().metrics
    figures.requests.labels(method, route, response.status_code).inc()
    figures.seconds.labels(method, route).observe(elapsed_s)
    response.headers[HEADER] = g.request_id
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    event = log.debug if route in _QUIET else log.info
    event(
        "request",
        method=request.method,
        path=request.path[:200],
        status=response.status_code,
        elapsed_ms=round(elapsed_s * 1000, 1),
        bytes=response.content_length,
    )
    return response
