"""A marketplace's rules, as data: channels/*.json."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pyservice.errors import InvalidConfig, NotFound
from pyservice.operations import explain
from pyservice.recipes.rules import Values, all_rule_kinds

_FOLDER = Path(__file__).with_name("channels")
_KEBAB = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Confidence = Literal["official", "partner", "third-party"]


class Rule(BaseModel):
    """One demand of a marketplace, where it was read, and since when it holds.

    confidence: official = read on the marketplace's own pages; partner = in an integrator's published copy;
    third-party = in blogs and tools only. strength: recommended rules warn, whoever wrote them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=_KEBAB)
    kind: str
    values: dict[str, Any] = Field(default_factory=dict)
    strength: Literal["required", "recommended"] = "required"
    confidence: Confidence
    sources: tuple[str, ...] = Field(min_length=1)
    effective_from: date | None = None
    effective_until: date | None = None
    note: str = ""

    @model_validator(mode="after")
    def _values_fit_the_kind(self) -> Self:
        kinds = all_rule_kinds()
        if self.kind not in kinds:
            raise ValueError(f"Expected a rule kind (one of {', '.join(kinds)}), received {self.kind!r}")
        kinds[self.kind].values.model_validate(self.values)
        return self

    def parsed_values(self) -> Values:
        """The values in the shape that the rule's kind declares."""
        return all_rule_kinds()[self.kind].values.model_validate(self.values)

    def is_over(self, on: date) -> bool:
        """Whether the rule has ceased to hold by that day."""
        return self.effective_until is not None and on >= self.effective_until

    def is_coming(self, on: date) -> bool:
        """Whether the rule does not hold yet on that day."""
        return self.effective_from is not None and on < self.effective_from

    def may_fail(self, on: date) -> bool:
        """Only a rule in force, required, and read at the marketplace or its partner can fail a picture."""
        return self.strength == "required" and self.confidence != "third-party" and not self.is_coming(on)


class Channel(BaseModel):
    """A marketplace, its rules, and what it demands that no program can see."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=_KEBAB)
    title: str
    description: str
    collected_on: date = Field(description="When the rules were read.")
    rules: tuple[Rule, ...] = Field(min_length=1)
    unchecked: tuple[str, ...] = Field(default=(), description="Demands that a person has to look after.")

    @model_validator(mode="after")
    def _rule_ids_differ(self) -> Self:
        ids = [rule.id for rule in self.rules]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise ValueError(f"Expected every rule of {self.id!r} to have its own id, received twice: {twice}")
        return self


@cache
def _load() -> dict[str, Channel]:
    channels = [_read(path) for path in sorted(_FOLDER.glob("*.json"))]
    return {channel.id: channel for channel in channels}


def _read(path: Path) -> Channel:
    try:
        return Channel.model_validate_json(path.read_text(encoding="utf-8"))
    except ValidationError as error:
        raise InvalidConfig(explain(error, path.name)) from None


def all_channels() -> dict[str, Channel]:
    """Every channel that ships, by id."""
    return dict(_load())


def find_channel(channel_id: str) -> Channel:
    """The channel of that id. Raises NotFound listing the ids there are."""
    channels = _load()
    if channel_id in channels:
        return channels[channel_id]
    raise NotFound(f"Expected a channel (one of {', '.join(channels)}), received {channel_id!r}")
