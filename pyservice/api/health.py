"""GET /healthz: the process lives. GET /readyz: it can work."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence

from flask import Blueprint, Response

from pyservice.api.answers import json_answer
from pyservice.api.problems import problem
from pyservice.api.service import current_service
from pyservice.logs import logger

health = Blueprint("health", __name__)

# Strangers may ask as often as they like; the disk is asked no more often than this.
_FRESH_S = 3.0


class Readiness:
    """Why work cannot be done yet, remembered for a moment. Threads may share it."""

    def __init__(self, ask: Callable[[], Sequence[str]], fresh_s: float = _FRESH_S) -> None:
        self._ask = ask
        self._fresh_s = fresh_s
        self._lock = threading.Lock()
        self._asked_s = -float("inf")
        self._reasons: tuple[str, ...] = ()

    def reasons(self) -> tuple[str, ...]:
        """One sentence each; empty when work can be done."""
        with self._lock:
            if time.monotonic() - self._asked_s >= self._fresh_s:
                found = tuple(self._ask())
                if found and found != self._reasons:
                    logger(__name__).warning("not ready", reasons=found)
                self._reasons, self._asked_s = found, time.monotonic()
            return self._reasons


@health.get("/healthz")
def healthz() -> Response:
    """200 for as long as requests are answered at all."""
    return json_answer({"status": "ok"})


@health.get("/readyz")
def readyz() -> Response:
    """200 when models are loaded and blobs can be written, else 503 with every reason."""
    # Behind a colon are the system's own words, with paths in them: for the log, not for strangers.
    reasons = [reason.partition(":")[0] for reason in current_service().readiness.reasons()]
    if reasons:
        return problem(503, "not_ready", "The service cannot work yet.", "; ".join(reasons), reasons=reasons)
    return json_answer({"status": "ready", "pid": os.getpid()})
