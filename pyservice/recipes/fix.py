"""What mends a picture that breaks a rule: a step, or a change of the output."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from pyservice.imaging import OutputSpec
from pyservice.recipes.recipe import Recipe, Step, with_step

OUTPUT = "output"
_LAST_TURNS = ["frame", "resize"]
_LARGEST_PX = 10_000


class Fix(BaseModel):
    """A recipe step, or with operation "output" values of the output spec."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    operation: str = Field(description='Name of an operation, or "output".')
    params: dict[str, Any] = Field(description="Its parameters, or the output values to change.")


def with_fixes(recipe: Recipe, fixes: Iterable[Fix], width_px: int, height_px: int) -> Recipe:
    """The recipe with every fix laid in; width and height are those of the result that was checked.

    A step of the same operation takes the values; otherwise a new step goes to its group's usual place. Where
    the recipe frames, the frame decides the size. Raises InvalidRecipe for an unknown operation.
    """
    ordered = sorted(fixes, key=_turn)
    for fix in ordered:
        if fix.operation != OUTPUT:
            recipe = _laid(recipe, _sized_by_frame(recipe, fix), (width_px, height_px))
    changes = [fix.params for fix in ordered if fix.operation == OUTPUT]
    return recipe.model_copy(update={"output": _output(recipe.output, changes)})


def _turn(fix: Fix) -> int:
    """Frames before sizes, so that a size finds the frame that makes it; the rest first."""
    return _LAST_TURNS.index(fix.operation) if fix.operation in _LAST_TURNS else -1


def _sized_by_frame(recipe: Recipe, fix: Fix) -> Fix:
    """A wish for another size, said to the frame step that makes the size, unless a resize follows it."""
    frame, resize = _place(recipe, "frame"), _place(recipe, "resize")
    if fix.operation != "resize" or frame is None or (resize is not None and resize > frame):
        return fix
    size_px = max(fix.params["width"], fix.params["height"])
    before = recipe.steps[frame].params.get("size_px") or 0
    if fix.params["enlarge"]:
        size_px = max(size_px, before)
    return Fix(operation="frame", params={"size_px": min(size_px, _LARGEST_PX)})


def _laid(recipe: Recipe, fix: Fix, size: tuple[int, int]) -> Recipe:
    if _place(recipe, fix.operation) is None:
        recipe = with_step(recipe, Step(operation=fix.operation, params=_start(fix.operation, size)))
    place = _place(recipe, fix.operation) or 0
    step = recipe.steps[place]
    params = {**step.params, **_larger_size(fix, step)}
    if fix.operation == "frame" and "aspect" in fix.params and params.get("size_px") is None:
        params["size_px"] = min(max(size), _LARGEST_PX)
    steps = list(recipe.steps)
    steps[place] = step.model_copy(update={"params": params, "enabled": True})
    return recipe.model_copy(update={"steps": tuple(steps)})


def _larger_size(fix: Fix, step: Step) -> Mapping[str, Any]:
    """Of two wishes to enlarge, the larger one: the rule that asks for most decides."""
    before = step.params
    if fix.operation != "resize" or not (fix.params.get("enlarge") and before.get("enlarge")):
        return fix.params
    return fix.params if fix.params["width"] >= (before.get("width") or 0) else {}


def _start(operation: str, size: tuple[int, int]) -> dict[str, Any]:
    """A new frame keeps the shape and size that the result has: only the fix changes what it names."""
    if operation != "frame":
        return {}
    width, height = size
    factor = min(1.0, 9999 / max(size))
    return {
        "aspect": f"{round(width * factor)}:{round(height * factor)}",
        "size_px": min(max(size), _LARGEST_PX),
    }


def _place(recipe: Recipe, operation: str) -> int | None:
    """Where the last step of that operation stands: an enabled one if there is one."""
    places = [(step.enabled, index) for index, step in enumerate(recipe.steps) if step.operation == operation]
    return max(places)[1] if places else None


def _output(output: OutputSpec, changes: list[dict[str, Any]]) -> OutputSpec:
    """The output with the changes; an old byte limit that contradicts a new one gives way."""
    changed = {name: value for change in changes for name, value in change.items()}
    values = {**output.model_dump(), **changed}
    low, high = values["min_bytes"], values["max_bytes"]
    if low and high and low >= high:
        values["max_bytes" if "min_bytes" in changed else "min_bytes"] = None
    return OutputSpec.model_validate(values)
