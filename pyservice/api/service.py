"""What every route may use."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from flask import current_app

from pyservice.api.outside import Outside
from pyservice.api.places import Places
from pyservice.config import Settings
from pyservice.jobs import Engine
from pyservice.jobs.chunks import Chunks

if TYPE_CHECKING:
    from pyservice.api.health import Readiness
    from pyservice.api.metrics import Metrics

KEY = "vitrine"


@dataclass(frozen=True)
class Service:
    """The engine with what guards it; one per app, in `app.extensions`. readers: places to read a body at.

    archives: places to take a zip in at, from its first byte to its last picture.
    """

    settings: Settings
    engine: Engine
    places: Places
    readers: Places
    metrics: Metrics
    readiness: Readiness
    outside: Outside
    chunks: Chunks
    chunk_places: Places
    archives: Places
    secret: str = field(repr=False)


def current_service() -> Service:
    """The Service of the app that answers the present request."""
    return cast("Service", current_app.extensions[KEY])
