"""GET /presets: the recipes that ship with a name."""

from __future__ import annotations

from flask import Blueprint, Response

from pyservice.api.answers import json_answer
from pyservice.recipes import all_presets

presets = Blueprint("presets", __name__)


@presets.get("/presets")
def list_presets() -> Response:
    """Every preset with its recipe."""
    return json_answer({"items": list(all_presets().values())})
