"""GET /healthz: the process lives. GET /readyz: it can work."""

from __future__ import annotations

import os

from flask import Blueprint, Response

from pyservice.api.answers import json_answer
from pyservice.api.problems import problem
from pyservice.api.service import current_service

health = Blueprint("health", __name__)


@health.get("/healthz")
def healthz() -> Response:
    """200 for as long as requests are answered at all."""
    return json_answer({"status": "ok"})


@health.get("/readyz")
def readyz() -> Response:
    """200 when models are loaded and blobs can be written, else 503 with every reason."""
    reasons = current_service().engine.ready()
    if reasons:
        return problem(503, "not_ready", "The service cannot work yet.", "; ".join(reasons), reasons=reasons)
    return json_answer({"status": "ready", "pid": os.getpid()})
