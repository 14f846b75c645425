"""GET /metrics: what Prometheus asks for."""

from __future__ import annotations

from flask import Blueprint, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

from pyservice.api.auth import comes_from_this_machine, require_token
from pyservice.api.places import Places
from pyservice.api.service import current_service

metrics = Blueprint("metrics", __name__)


class Metrics:
    """The figures of one app, in a registry of their own so that apps in one process do not mix."""

    def __init__(self, places: Places) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self.requests = Counter(
            "vitrine_requests", "Requests answered.", ["method", "route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "vitrine_request_seconds",
            "Time until the answer's first byte.",
            ["method", "route"],
            registry=self.registry,
            buckets=(0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
        )
        self.problems = Counter(
            "vitrine_problems",
            "Problems answered by code; pictures that do not decode are among them.",
            ["code"],
            registry=self.registry,
        )
        busy = Gauge("vitrine_places_busy", "Requests at work on a picture.", registry=self.registry)
        busy.set_function(lambda: places.busy)
        waiting = Gauge("vitrine_places_waiting", "Requests waiting for a place.", registry=self.registry)
        waiting.set_function(lambda: places.waiting)


@metrics.get("/metrics")
def show_metrics() -> Response:
    """Figures for Prometheus: free to read on this machine, with a token from elsewhere."""
    service = current_service()
    if not comes_from_this_machine():
        require_token(service.secret)
    return Response(generate_latest(service.metrics.registry), content_type=CONTENT_TYPE_LATEST)
