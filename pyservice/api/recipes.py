"""What a recipe is: judged without a picture, or chosen by a preset that looks at one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response
from pydantic import Field

from pyservice.api.answers import json_answer
from pyservice.api.body import Body, read_json
from pyservice.api.service import current_service
from pyservice.operations.fields import BlobId
from pyservice.recipes import bind, find_preset, parse_recipe, upgraded

recipes = Blueprint("recipes", __name__, url_prefix="/recipes")


class JudgeBody(Body):
    """The recipe to judge."""

    recipe: dict[str, Any]


@recipes.post("/judge")
def judge() -> Response:
    """The recipe as it should be saved: of the present versions, with every default written out."""
    return json_answer({"recipe": upgraded(parse_recipe(read_json(JudgeBody).recipe))})


class ChooseBody(Body):
    """A preset, and the picture it shall look at."""

    blob: BlobId
    preset: str = Field(max_length=100)


@recipes.post("/choose")
def choose() -> Response:
    """The recipe that a preset comes to for a picture, every default written out. Raises NotFound."""
    service = current_service()
    body = read_json(ChooseBody)
    preset = find_preset(body.preset)
    with service.places.taken():
        recipe = service.engine.recipe_for(body.blob, preset)
    return json_answer({"recipe": bind(recipe).to_recipe()})
