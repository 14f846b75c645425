"""One number for people, out of many metrics. Maps, weights and words are data: score.json."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from pyservice.quality.gates import Gate
from pyservice.quality.metrics import Metrics

WORST_PART = 5.0
GOOD = 92.0
POOR = 75.0
BAD = 40.0
MAX_FLAWS = 2


class Part(BaseModel):
    """How one metric becomes 0…100: straight lines between knots, level beyond the ends, never turning back.

    A signed metric counts by its size.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    metric: str
    weight: float = Field(gt=0)
    good: str
    bad: str
    knots: tuple[tuple[float, float], ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _is_a_monotone_map(self) -> Self:
        across, up = zip(*self.knots, strict=True)
        rises = sorted(up) == list(up)
        falls = sorted(up, reverse=True) == list(up)
        if sorted(set(across)) != list(across) or not (rises or falls):
            raise ValueError(f"Expected knots of {self.name!r} to rise, and values to go one way")
        if self.metric not in Metrics.model_fields:
            raise ValueError(f"Expected a metric for {self.name!r}, received {self.metric!r}")
        return self

    def value(self, measured: float) -> float:
        """0…100 for a measured value."""
        across, up = zip(*self.knots, strict=True)
        return float(np.interp(abs(measured), across, up))


class ScoreRules(BaseModel):
    """The whole of score.json."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    auto_approve_above: float
    parts: tuple[Part, ...]
    gates: tuple[Gate, ...]


class PartScore(BaseModel):
    """What one metric contributed."""

    model_config = ConfigDict(frozen=True)

    name: str
    metric: str
    value: float = Field(description="0…100")
    weight: float = Field(description="Share of the score, all measured parts together 1")


class Score(BaseModel):
    """0…100 with its parts, the version of the rules that gave it, and a sentence for people."""

    model_config = ConfigDict(frozen=True)

    value: float
    version: int
    parts: tuple[PartScore, ...]
    sentence: str


@cache
def score_rules() -> ScoreRules:
    """The maps, weights and gates that ship."""
    return ScoreRules.model_validate_json(Path(__file__).with_name("score.json").read_text(encoding="utf-8"))


def score(metrics: Metrics) -> Score:
    """Weighted geometric mean of the parts that could be measured: ten good traits do not buy off a bad one.

    Before and after use the same parts, so that the two numbers can be compared: a raw photo has no white
    ground and no framing, and simply scores lower for it. A metric that is None leaves its part out.
    """
    rules = score_rules()
    measured = [(part, getattr(metrics, part.metric)) for part in rules.parts]
    valued = [(part, part.value(float(found))) for part, found in measured if found is not None]
    total = sum(part.weight for part, _ in valued)
    log_mean = sum(part.weight * math.log(max(value, WORST_PART)) for part, value in valued) / total
    value = round(math.exp(log_mean), 1)
    parts = tuple(
        PartScore(name=part.name, metric=part.metric, value=round(value, 1), weight=round(part.weight / total, 4))
        for part, value in valued
    )
    return Score(value=value, version=rules.version, parts=parts, sentence=_sentence(value, valued))


def _sentence(value: float, valued: list[tuple[Part, float]]) -> str:
    """Such as "82: clean ground, a little dark": the weightiest virtue, then the flaws that cost most."""
    virtues = [part.good for part, points in valued if points >= GOOD]
    costs = sorted(valued, key=lambda item: -item[0].weight * math.log(100 / max(item[1], WORST_PART)))
    worst: dict[str, float] = {}
    for part, points in costs:
        if points < POOR:
            worst.setdefault(part.bad, points)
    flaws = [bad if points < BAD else f"a little {bad}" for bad, points in worst.items()]
    words = [*virtues[:1], *flaws[:MAX_FLAWS]]
    return f"{value:.0f}: {', '.join(words) or 'nothing stands out'}"
