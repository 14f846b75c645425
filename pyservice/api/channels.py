"""GET /channels: the marketplaces whose rules are known."""

from __future__ import annotations

from flask import Blueprint, Response

from pyservice.api.answers import json_answer
from pyservice.recipes import all_channels

channels = Blueprint("channels", __name__)


@channels.get("/channels")
def list_channels() -> Response:
    """Every channel with its rules, their sources and dates."""
    return json_answer({"items": list(all_channels().values())})
