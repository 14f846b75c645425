"""Presets: recipes with a name, shipped as data. A mode may add steps after a look at the picture."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pyservice.errors import InvalidConfig, NotFound
from pyservice.operations import explain
from pyservice.recipes.recipe import Recipe, Step, with_step


class PresetRule(BaseModel):
    """Steps that are added where a quality metric of the source lies above or below a bound."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    metric: str
    above: float | None = None
    below: float | None = None
    reason: str
    steps: tuple[Step, ...]

    @model_validator(mode="after")
    def _has_a_bound(self) -> Self:
        if (self.above is None) == (self.below is None):
            raise ValueError("Expected exactly one of above and below")
        return self

    def applies(self, metrics: dict[str, Any]) -> bool:
        """Whether the measured value crosses the bound; an unknown value never does."""
        value = metrics.get(self.metric)
        if not isinstance(value, (int, float)):
            return False
        return value > self.above if self.above is not None else value < (self.below or 0)


class Preset(BaseModel):
    """A named recipe. kind: a preset of the studio, a mode of the enhance API, or a channel's main picture."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    title: str
    description: str
    kind: Literal["preset", "mode", "channel"] = "preset"
    recipe: Recipe
    rules: tuple[PresetRule, ...] = Field(default=())

    def recipe_for(self, metrics: dict[str, Any]) -> Recipe:
        """The recipe for a picture with these quality metrics: the fixed steps plus those its rules add."""
        recipe = self.recipe
        for rule in self.rules:
            if not rule.applies(metrics):
                continue
            for step in rule.steps:
                # Two reasons for one remedy: once is enough.
                if not any(known.operation == step.operation for known in recipe.steps):
                    recipe = with_step(recipe, step)
        return recipe


@cache
def all_presets() -> dict[str, Preset]:
    """Every shipped preset by name."""
    folder = resources.files("pyservice.recipes").joinpath("presets")
    presets = [_loaded(entry.name, entry.read_text()) for entry in folder.iterdir() if entry.name.endswith(".json")]
    return {preset.name: preset for preset in sorted(presets, key=lambda preset: preset.name)}


def _loaded(file_name: str, text: str) -> Preset:
    try:
        return Preset.model_validate_json(text)
    except ValidationError as error:
        raise InvalidConfig(explain(error, file_name)) from None


def find_preset(name: str) -> Preset:
    """The preset of that name. Raises NotFound with the names there are."""
    presets = all_presets()
    if name in presets:
        return presets[name]
    raise NotFound(f"Expected a preset out of {', '.join(presets)}, received {name!r}")
