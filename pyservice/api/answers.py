"""Answers: JSON, and bytes that came from strangers."""

from __future__ import annotations

from flask import Response
from pydantic_core import to_json


def json_answer(content: object, status: int = 200) -> Response:
    """Content (models among it) as JSON; a number that JSON cannot say becomes null."""
    return Response(to_json(content, inf_nan_mode="null"), status=status, mimetype="application/json")


def as_untrusted(response: Response) -> Response:
    """Headers that keep a browser from ever running what a stranger uploaded."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
