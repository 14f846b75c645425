"""What one item of a batch means: the same as a row of `vitrine process`, on a stored original."""

from __future__ import annotations

from pydantic_core import to_jsonable_python

from pyservice.jobs.chunk_item import Answer, ChunkItem
from pyservice.jobs.engine import Engine
from pyservice.jobs.outcome import Wish, outcome
from pyservice.jobs.result_table import ResultRow
from pyservice.jobs.results import Rendered
from pyservice.recipes import BoundRecipe, find_channel, find_preset, parse_recipe

# Only who gives the results their names can tell these.
_NOT_TOLD = {"filename", "processed_path", "mask_path", "status", "error"}


def do_item(engine: Engine, item: ChunkItem) -> Answer:
    """Render the item: `rendered` and `row` of its answer. Raises NotFound, InvalidRecipe, what the steps raise."""
    base = parse_recipe(item.recipe) if item.preset is None else find_preset(item.preset)
    for name in item.channels:
        find_channel(name)
    made = outcome(engine, item.blob, Wish(base, item.overrides, tuple(item.channels)))
    row = ResultRow(filename="", **made.columns).model_dump(exclude=_NOT_TOLD)
    return told_in_json({"rendered": told_with_recipe(made.rendered, made.recipe), "row": row})


def told_with_recipe(rendered: Rendered, recipe: BoundRecipe) -> dict[str, object]:
    """A result and the recipe that made it, every default written out."""
    return {**rendered.model_dump(), "recipe": recipe.to_recipe()}


def told_in_json(content: object) -> Answer:
    """Plain values that travel between processes; a number that JSON cannot say becomes null."""
    plain: Answer = to_jsonable_python(content, inf_nan_mode="null")
    return plain
