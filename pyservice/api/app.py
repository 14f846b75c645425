"""The app factory: reads like the list of what the service is made of."""

from __future__ import annotations

import re

from flask import Flask, request
from flask_cors import CORS

from pyservice.api.about import about
from pyservice.api.archives import MOST_ARCHIVES, archives
from pyservice.api.auth import require_token
from pyservice.api.blobs import blobs
from pyservice.api.body import MAX_JSON_BYTES
from pyservice.api.channels import channels
from pyservice.api.checks import checks
from pyservice.api.chunks import MOST_CHUNKS, chunks
from pyservice.api.deliveries import deliveries
from pyservice.api.fetches import fetches
from pyservice.api.health import Readiness, health
from pyservice.api.inspections import inspections
from pyservice.api.link_tables import link_tables
from pyservice.api.metrics import Metrics, metrics
from pyservice.api.models import models
from pyservice.api.operations import operations
from pyservice.api.outside import make_outside
from pyservice.api.places import Places
from pyservice.api.presets import presets
from pyservice.api.problems import handle_problems
from pyservice.api.recipes import recipes
from pyservice.api.rendered_header import RENDERED
from pyservice.api.renders import renders
from pyservice.api.request_log import HEADER, log_requests
from pyservice.api.samples import samples
from pyservice.api.secrets import strong_secret
from pyservice.api.service import KEY, Service
from pyservice.api.worklists import worklists
from pyservice.config import Settings
from pyservice.errors import InvalidRequest
from pyservice.jobs import Engine
from pyservice.jobs.chunks import Chunks

_BLUEPRINTS = (
    blobs,
    samples,
    renders,
    recipes,
    inspections,
    checks,
    chunks,
    worklists,
    link_tables,
    archives,
    fetches,
    deliveries,
    operations,
    presets,
    channels,
    models,
    about,
    health,
    metrics,
)
# Health is for load balancers that hold no key; /metrics has a rule of its own.
_WITHOUT_TOKEN = {"/healthz", "/readyz", "/metrics"}


def create_app(settings: Settings, engine: Engine, batches: Chunks | None = None) -> Flask:
    """The service as a WSGI app. Raises InvalidConfig where the service secret is missing or weak.

    batches: what does chunks; whoever gives it closes it.
    """
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_JSON_BYTES
    secret = strong_secret(settings)
    places = Places(settings.concurrency, settings.queue)
    readers = Places(most_readers(settings), 0, "read a body")
    app.extensions[KEY] = Service(
        settings,
        engine,
        places,
        readers,
        Metrics(places),
        Readiness(engine.ready),
        make_outside(settings),
        batches or Chunks(settings),
        Places(MOST_CHUNKS, 0, "do a chunk"),
        Places(MOST_ARCHIVES, 0, "take in a zip"),
        secret,
    )
    log_requests(app)
    _guard(app, settings, secret)
    handle_problems(app)
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def most_readers(settings: Settings) -> int:
    """Bodies read at once: as many as may then find a place to work or to wait."""
    return settings.concurrency + settings.queue


def _guard(app: Flask, settings: Settings, secret: str) -> None:
    @app.before_request
    def _check_caller() -> None:
        if request.path in _WITHOUT_TOKEN or (request.method == "OPTIONS" and settings.cors_origins):
            return
        require_token(secret)
        if request.args:
            raise InvalidRequest(f"Expected no query parameters, received {', '.join(sorted(request.args))[:100]}")

    if settings.cors_origins:
        # flask-cors reads some strings as patterns; exact patterns leave nothing to guess.
        exact = [re.compile(re.escape(origin) + r"\Z") for origin in settings.cors_origins]
        CORS(app, origins=exact, expose_headers=[HEADER, RENDERED, "Retry-After", "Location"], max_age=600)
