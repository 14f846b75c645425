"""What a recipe is: judged without a picture, or chosen by a preset that looks at one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response
from pydantic import Field

from pyservice.api.answers import json_answer
from pyservice.api.body import Body, read_json
from pyservice.api.service import current_service
from pyservice.jobs.overrides import overridden
from pyservice.operations.fields import BlobId
from pyservice.recipes import Recipe, bind, find_channel, find_preset, parse_recipe, upgraded
from pyservice.recipes.wish import Wish

recipes = Blueprint("recipes", __name__, url_prefix="/recipes")


class JudgeBody(Body, Wish):
    """The recipe or preset to judge, with what is laid over it, and the channels its results are held against."""

    overrides: dict[str, dict[str, Any]] = Field(default_factory=dict)
    channels: tuple[str, ...] = Field((), max_length=100, strict=False)

    def base(self) -> Recipe:
        """Raises InvalidRecipe, NotFound."""
        return parse_recipe(self.recipe) if self.preset is None else find_preset(self.preset).recipe


@recipes.post("/judge")
def judge() -> Response:
    """The recipe as it should be saved: of the present versions, with every default written out.

    Of a preset that looks at pictures, the recipe it begins with. Raises InvalidRecipe, NotFound.
    """
    body = read_json(JudgeBody)
    for name in body.channels:
        find_channel(name)
    return json_answer({"recipe": upgraded(overridden(body.base(), body.overrides))})


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
