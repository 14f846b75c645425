"""What every route may use."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from flask import current_app

from pyservice.api.places import Places
from pyservice.config import Settings
from pyservice.jobs import Engine

if TYPE_CHECKING:
    from pyservice.api.health import Readiness
    from pyservice.api.metrics import Metrics

KEY = "vitrine"


@dataclass(frozen=True)
class Service:
    """The engine with what guards it; one per app, in `app.extensions`. readers: places to read a body at."""

    settings: Settings
    engine: Engine
    places: Places
    readers: Places
    metrics: Metrics
    readiness: Readiness
    secret: str = field(repr=False)


def current_service() -> Service:
    """The Service of the app that answers the present request."""
    return cast("Service", current_app.extensions[KEY])
