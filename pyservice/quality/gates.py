"""Hard limits on metrics. They are never averaged into the score: one failed gate and a person looks."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from pyservice.quality.metrics import Metrics


class Gate(BaseModel):
    """A metric and the range it must stay in."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    metric: str
    min: float | None = None
    max: float | None = None
    reason: str

    @model_validator(mode="after")
    def _limits_a_metric(self) -> Self:
        if self.metric not in Metrics.model_fields:
            raise ValueError(f"Expected a metric for gate {self.name!r}, received {self.metric!r}")
        if self.min is None and self.max is None:
            raise ValueError(f"Expected min or max for gate {self.name!r}, received neither")
        return self

    def lets_through(self, measured: float) -> bool:
        """Whether the value is within the limits, the limits included."""
        return (self.min is None or measured >= self.min) and (self.max is None or measured <= self.max)


class GateResult(BaseModel):
    """How one gate went. `measured` is None where the metric could not be known; such a gate stands open."""

    model_config = ConfigDict(frozen=True)

    name: str
    passed: bool
    measured: float | None
    required: str
    reason: str


Verdict = Literal["auto_approved", "needs_review"]


def try_gates(gates: tuple[Gate, ...], metrics: Metrics) -> list[GateResult]:
    """One result per gate, in order."""
    return [_result(gate, getattr(metrics, gate.metric)) for gate in gates]


def _result(gate: Gate, measured: float | None) -> GateResult:
    limits = [f"at least {gate.min:g}"] if gate.min is not None else []
    limits += [f"at most {gate.max:g}"] if gate.max is not None else []
    passed = measured is None or gate.lets_through(measured)
    return GateResult(
        name=gate.name,
        passed=passed,
        measured=measured,
        required=" and ".join(limits),
        reason="" if passed else gate.reason,
    )
