"""Every error as application/problem+json (RFC 9457), with our code and the request id. The one handler."""

from __future__ import annotations

import json
import re
from typing import Any

from flask import Flask, Response, g, request
from gunicorn.http.errors import ParseException
from werkzeug.exceptions import HTTPException

from pyservice.api.service import current_service
from pyservice.errors import InvalidRequest, NotFound, VitrineError, told
from pyservice.logs import logger

log = logger(__name__)

_CODES = {400: InvalidRequest.code, 404: NotFound.code}


def handle_problems(app: Flask) -> None:
    """Answer every exception of this app with a problem."""
    app.register_error_handler(VitrineError, _expected)
    app.register_error_handler(HTTPException, _from_flask)
    app.register_error_handler(ParseException, _broken_framing)
    app.register_error_handler(Exception, _unexpected)


def problem(status: int, code: str, title: str, detail: str, **more: object) -> Response:
    """A problem answer. title says what kind it is, detail what happened this time."""
    current_service().metrics.problems.labels(code).inc()
    body: dict[str, Any] = {
        "type": f"urn:vitrine:problem:{code}",
        "code": code,
        "status": status,
        "title": title,
        "detail": detail,
        "requestId": g.request_id,
        **more,
    }
    text = json.dumps(body, ensure_ascii=False, default=str)
    return Response(text, status=status, content_type="application/problem+json")


def _expected(error: VitrineError) -> Response:
    if error.status >= 500:
        cause = {} if error.__cause__ is None else {"cause": str(error.__cause__)}
        log.error("request failed", code=error.code, detail=error.message, **cause, **error.details)
    details = {"details": error.details} if error.details else {}
    response = problem(error.status, error.code, _first_sentence(type(error)), error.message, **details)
    if error.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="vitrine-pyservice"'
    if "retry_after_s" in error.details:
        response.headers["Retry-After"] = str(error.details["retry_after_s"])
    return response


def _broken_framing(_error: Exception) -> Response:
    """gunicorn notices a malformed chunk only when the body is read."""
    return _expected(InvalidRequest("Expected a body in well-formed chunks, received a broken one"))


def _from_flask(error: HTTPException) -> Response:
    """404, 405, 413 and their like, raised by Flask and Werkzeug themselves."""
    status = error.code or 500
    code = _CODES.get(status, re.sub(r"\W+", "_", error.name.lower()))
    response = problem(status, code, error.name, error.description or error.name)
    for name, value in error.get_headers(request.environ):
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _unexpected(error: Exception) -> Response:
    """A bug: everything into the log, nothing of it to the caller."""
    log.error("unexpected error", exc_info=error, path=request.path)
    return problem(title="The service met an error it did not expect.", **told(error, "the request id"))


def _first_sentence(kind: type[VitrineError]) -> str:
    text = " ".join((kind.__doc__ or kind.code).split())
    return re.split(r"(?<=\.)\s|; ", text)[0].rstrip(".") + "."
