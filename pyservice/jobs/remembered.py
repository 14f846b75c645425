"""Measurements and verdicts that cost as much as a picture, kept beside it so that a run that goes on is quick."""

from __future__ import annotations

import datetime
import json
from typing import Any

from pydantic import ValidationError

from pyservice.jobs.engine import Engine
from pyservice.jobs.results import Rendered
from pyservice.recipes import CheckReport, Preset, Recipe, find_channel


class Remembered:
    """The engine's answers, by memory where it can. Threads may share it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def recipe_for(self, blob: str, preset: Preset) -> Recipe:
        """See Engine.recipe_for; the picture is measured once."""
        if not preset.rules:
            return preset.recipe
        return preset.recipe_for(self._metrics(blob))

    def report(self, blob: str, recipe: Recipe, rendered: Rendered, channel: str) -> CheckReport:
        """How the recipe's result stands to a channel's rules today. See Engine.check."""
        today = datetime.datetime.now(tz=datetime.UTC).date()
        rules = find_channel(channel).model_dump(mode="json")
        why = (rendered.blob, rendered.mask_blob, rules, today, self._engine.versions())
        known = self._engine.memory.recall("check", blob, *why)
        try:
            return CheckReport.model_validate(known)
        except ValidationError:
            report = self._engine.check(blob, channel, recipe=recipe, on=today).report
            self._engine.memory.keep("check", blob, *why, record=report.model_dump(mode="json"))
            return report

    def _metrics(self, blob: str) -> dict[str, Any]:
        versions = self._engine.versions()
        known = self._engine.memory.recall("metrics", blob, *versions)
        if known is not None:
            return known
        metrics = self._engine.inspect(blob).metrics
        self._engine.memory.keep("metrics", blob, *versions, record=json.loads(metrics.model_dump_json()))
        return metrics.model_dump()
