"""POST /recipes/judge says whether a recipe can run, without a picture."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from pyservice.api.answers import json_answer
from pyservice.api.body import Body, read_json
from pyservice.recipes import parse_recipe, upgraded

recipes = Blueprint("recipes", __name__, url_prefix="/recipes")


class JudgeBody(Body):
    """The recipe to judge."""

    recipe: dict[str, Any]


@recipes.post("/judge")
def judge() -> Response:
    """The recipe as it should be saved: of the present versions, with every default written out."""
    return json_answer({"recipe": upgraded(parse_recipe(read_json(JudgeBody).recipe))})
