"""A recipe: an ordered list of operations plus what the result file must be. Data, and nothing but data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pyservice.errors import InvalidRecipe
from pyservice.imaging.output import OutputSpec
from pyservice.operations import Operation, Params, explain, find_operation


class Step(BaseModel):
    """One operation with its parameters. `version` is the operation's version when the step was saved."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    operation: str
    version: int | None = Field(None, ge=1)
    params: dict[str, Any] = Field(default_factory=dict)
    enabled: bool = True


class Recipe(BaseModel):
    """Steps in the order they run, and the output they end in."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    steps: tuple[Step, ...] = Field(default=(), max_length=50)
    output: OutputSpec = OutputSpec()


@dataclass(frozen=True)
class BoundStep:
    """A step whose operation is known and whose parameters are checked."""

    index: int
    operation: Operation
    params: Params

    def identity(self) -> dict[str, Any]:
        """What this step is, with every default written out; what digests are made of."""
        return {
            "operation": self.operation.name,
            "version": self.operation.version,
            "params": self.params.model_dump(mode="json"),
        }


@dataclass(frozen=True)
class BoundRecipe:
    """A recipe that has been validated and upgraded: it will run, or fail for the picture's sake only."""

    steps: tuple[BoundStep, ...]
    output: OutputSpec

    def to_recipe(self) -> Recipe:
        """The upgraded recipe with every default written out, fit for saving."""
        return Recipe(steps=tuple(Step.model_validate(step.identity()) for step in self.steps), output=self.output)


def parse_recipe(data: object) -> Recipe:
    """A Recipe from JSON data. Raises InvalidRecipe."""
    try:
        return Recipe.model_validate(data)
    except ValidationError as error:
        raise InvalidRecipe(explain(error, "recipe")) from None


def bind(recipe: Recipe) -> BoundRecipe:
    """Check every enabled step against its operation. Raises InvalidRecipe naming the step."""
    steps = []
    for index, step in enumerate(recipe.steps):
        where = f"steps.{index}"
        operation = find_operation(step.operation, f"{where}.operation")
        params = operation.validated(step.params, step.version or operation.version, where)
        if step.enabled:
            steps.append(BoundStep(index, operation, params))
    return BoundRecipe(tuple(steps), recipe.output)


def upgraded(recipe: Recipe) -> Recipe:
    """The recipe fit for saving: present versions, every default written out; what is switched off stays so.

    Raises InvalidRecipe naming the step.
    """
    switched_on = tuple(step.model_copy(update={"enabled": True}) for step in recipe.steps)
    bound = bind(recipe.model_copy(update={"steps": switched_on})).to_recipe()
    steps = tuple(
        new.model_copy(update={"enabled": old.enabled}) for new, old in zip(bound.steps, recipe.steps, strict=True)
    )
    return bound.model_copy(update={"steps": steps})


def with_params(recipe: Recipe, overrides: Mapping[str, Mapping[str, Any]]) -> Recipe:
    """The recipe with `{operation: {param: value}}` laid over it.

    Every step of that operation takes the values and is switched on; an operation that the recipe lacks is put
    in where it usually belongs. Raises InvalidRecipe for an unknown operation.
    """
    for name, values in overrides.items():
        if not any(step.operation == name for step in recipe.steps):
            recipe = with_step(recipe, Step(operation=name))
        steps = tuple(
            step.model_copy(update={"params": {**step.params, **values}, "enabled": True})
            if step.operation == name
            else step
            for step in recipe.steps
        )
        recipe = recipe.model_copy(update={"steps": steps})
    return recipe


def with_step(recipe: Recipe, step: Step) -> Recipe:
    """The recipe with one more step, put where its operation usually belongs. Raises InvalidRecipe."""
    steps = list(recipe.steps)
    steps.insert(_usual_place(steps, find_operation(step.operation, "step")), step)
    return recipe.model_copy(update={"steps": tuple(steps)})


# The cut comes first: its mask is found once and turns with the picture. Light is set on the cut-out product,
# before framing and before a ground that must stay pure is laid.
_USUAL_ORDER = ["background", "orient", "light", "detail", "geometry", "finishing", "effects"]


def _usual_place(steps: list[Step], operation: Operation) -> int:
    rank = _rank(operation)
    later = [
        index for index, step in enumerate(steps) if _rank(find_operation(step.operation, f"steps.{index}")) > rank
    ]
    return later[0] if later else len(steps)


def _rank(operation: Operation) -> int:
    return _USUAL_ORDER.index("finishing" if operation.finishing else operation.group)


def digest(*parts: object) -> str:
    """sha256 over canonical JSON: the same wish gives the same name on every machine."""
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
