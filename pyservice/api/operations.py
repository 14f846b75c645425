"""GET /operations: what a recipe can be made of."""

from __future__ import annotations

from flask import Blueprint, Response

from pyservice.api.answers import json_answer
from pyservice.imaging import OutputSpec
from pyservice.operations import GROUPS, all_operations

operations = Blueprint("operations", __name__)


@operations.get("/operations")
def list_operations() -> Response:
    """Every operation with the schema of its parameters, and that of a recipe's output: forms are made from this."""
    items = [operation.schema() for operation in all_operations().values()]
    return json_answer({"groups": GROUPS, "items": items, "output": OutputSpec.model_json_schema()})
