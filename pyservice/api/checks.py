"""POST /check holds a blob against a channel's rules."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response
from pydantic import Field

from pyservice.api.answers import json_answer
from pyservice.api.body import Body, read_json
from pyservice.api.service import current_service
from pyservice.operations.fields import BlobId
from pyservice.recipes import bind, parse_recipe

checks = Blueprint("checks", __name__)


class CheckBody(Body):
    """Which blob, against which channel; whether to fix it, and the recipe to start from."""

    blob: BlobId
    channel: str = Field(max_length=100)
    recipe: dict[str, Any] | None = None
    fix: bool = False


@checks.post("/check")
def check() -> Response:
    """A row per rule; with fix also the recipe that satisfies more of them, its result, and its rows."""
    service = current_service()
    body = read_json(CheckBody)
    recipe = None if body.recipe is None else parse_recipe(body.recipe)
    if recipe is not None:
        bind(recipe)
    with service.places.taken():
        return json_answer(service.engine.check(body.blob, body.channel, recipe=recipe, fix=body.fix))
