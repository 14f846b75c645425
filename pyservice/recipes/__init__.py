"""Recipes, presets and channels: what is to be done, as data."""

from pyservice.recipes.channels import Channel, all_channels, find_channel
from pyservice.recipes.check import CheckReport, check, fixed
from pyservice.recipes.presets import Preset, all_presets, find_preset
from pyservice.recipes.recipe import (
    BoundRecipe,
    BoundStep,
    Recipe,
    Step,
    bind,
    digest,
    parse_recipe,
    upgraded,
    with_params,
    with_step,
)
from pyservice.recipes.run import Rendering, Run, Stage, StepReport, Trail, mask_history

__all__ = [
    "BoundRecipe",
    "BoundStep",
    "Channel",
    "CheckReport",
    "Preset",
    "Recipe",
    "Rendering",
    "Run",
    "Stage",
    "Step",
    "StepReport",
    "Trail",
    "all_channels",
    "all_presets",
    "bind",
    "check",
    "digest",
    "find_channel",
    "find_preset",
    "fixed",
    "mask_history",
    "parse_recipe",
    "upgraded",
    "with_params",
    "with_step",
]
