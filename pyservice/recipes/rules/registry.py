"""Kinds of marketplace rule. A kind is code, one function; its values are data in channels/*.json."""

from __future__ import annotations

import importlib
import pkgutil
import typing
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ConfigDict

from pyservice.imaging import Facts, Picture
from pyservice.quality import Metrics
from pyservice.recipes.fix import Fix

PixelBox = tuple[int, int, int, int]


@dataclass(frozen=True)
class Candidate:
    """What a rule judges: the encoded file's facts, its decoded picture (mask kept), and its metrics."""

    facts: Facts
    picture: Picture
    metrics: Metrics


class Values(BaseModel):
    """Base of every kind's values: what a channel file may say about a rule of that kind."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True)
class Finding:
    """How a candidate stands to a rule. ok is None where it could not be measured.

    certain: False for a finding that is only a hint; it may warn but never fail.
    evidence: boxes x, y, width, height [px] of what is wrong, or None.
    """

    ok: bool | None
    measured: str
    required: str
    reason: str = ""
    remedy: str = ""
    fix: Fix | None = None
    evidence: tuple[PixelBox, ...] | None = None
    certain: bool = True


Judge = Callable[[Candidate, Any], Finding]
F = TypeVar("F", bound=Callable[..., Finding])


@dataclass(frozen=True)
class RuleKind:
    """A registered kind: the shape of its values and the function that judges.

    lost_with: an operation whose fix undoes what this kind asks for; `again` is then laid in behind it.
    """

    name: str
    values: type[Values]
    judge: Judge
    summary: str
    lost_with: str | None = None
    again: Fix | None = None


_KINDS: dict[str, RuleKind] = {}


def rule_kind(name: str, *, lost_with: str | None = None, again: Fix | None = None) -> Callable[[F], F]:
    """Register a function `(candidate, values)` → Finding under a name."""

    def register(function: F) -> F:
        if name in _KINDS:
            raise ValueError(f"Rule kind {name!r} is registered twice")
        hints = typing.get_type_hints(function)
        summary = (function.__doc__ or "").strip().partition("\n")[0]
        _KINDS[name] = RuleKind(name, cast("type[Values]", hints["values"]), function, summary, lost_with, again)
        return function

    return register


@cache
def _discover() -> None:
    package = importlib.import_module("pyservice.recipes.rules")
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)


def all_rule_kinds() -> dict[str, RuleKind]:
    """Every kind by name."""
    _discover()
    return dict(sorted(_KINDS.items()))
