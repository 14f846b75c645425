"""What a wish makes of one picture: the same for a file of the command line and for an item of a batch."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pyservice.jobs.engine import Engine
from pyservice.jobs.overrides import Overrides, overridden
from pyservice.jobs.remembered import Remembered
from pyservice.jobs.result_table import light_used, result_values
from pyservice.jobs.results import Rendered
from pyservice.quality import verdict
from pyservice.recipes import BoundRecipe, CheckReport, Preset, Recipe, all_channels, bind


@dataclass(frozen=True)
class Wish:
    """What is wanted of a picture. base: a preset or a recipe.

    overrides are laid over the base. channels are checked on the result.
    """

    base: Preset | Recipe
    overrides: Overrides = field(default_factory=dict)
    channels: tuple[str, ...] = ()

    def channels_checked(self) -> tuple[str, ...]:
        """The channels named, or the one that the preset was made for."""
        if isinstance(self.base, Preset) and self.base.name in all_channels() and not self.channels:
            return (self.base.name,)
        return self.channels


@dataclass(frozen=True)
class Outcome:
    """A result and its story. columns: what it tells in result.csv."""

    rendered: Rendered
    recipe: BoundRecipe
    columns: dict[str, Any]


def outcome(engine: Engine, blob: str, wish: Wish) -> Outcome:
    """Carry out the wish on a stored or lent original. Raises NotFound, InvalidRecipe, and what the steps raise."""
    remembered = Remembered(engine)
    base = wish.base if isinstance(wish.base, Recipe) else remembered.recipe_for(blob, wish.base)
    recipe = overridden(base, wish.overrides)
    rendered = engine.render(blob, recipe)
    reports = [remembered.report(blob, recipe, rendered, channel) for channel in wish.channels_checked()]
    bound = bind(recipe)
    columns = {
        "channel_failures": ";".join(rule for report in reports for rule in report.failures),
        **light_used(bound),
        **result_values(rendered),
        "review_state": _review_state(rendered, reports),
    }
    return Outcome(rendered, bound, columns)


def _review_state(rendered: Rendered, reports: list[CheckReport]) -> str:
    """A picture that breaks a rule of its channel is for a person, however good it looks."""
    if rendered.quality is None:
        return rendered.review_state
    broken = [gate for report in reports for gate in report.gates()]
    return verdict(rendered.quality, [*rendered.gates, *broken], rendered.doubts)
