"""GET /models: which weights there are, under which licence, and which of them lie here."""

from __future__ import annotations

from flask import Blueprint, Response

from pyservice.api.answers import json_answer
from pyservice.api.service import current_service
from pyservice.models import weights_table

models = Blueprint("models", __name__)


@models.get("/models")
def list_models() -> Response:
    """Every row of the weights table, with whether it is installed."""
    models_dir = current_service().settings.models_dir
    items = [{**row.model_dump(), "installed": row.installed(models_dir)} for row in weights_table(models_dir).values()]
    return json_answer({"items": items})
