"""From numbers to a decision: may this picture go out without a person looking?"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pyservice.quality.gates import GateResult, Verdict, try_gates
from pyservice.quality.metrics import Metrics
from pyservice.quality.score import Score, score_rules


def gates(metrics: Metrics) -> list[GateResult]:
    """The shipped hard gates, tried on the metrics.

    None is about framing or ground, so an original can be tried too: what enlarging hides, it still shows.
    """
    return try_gates(score_rules().gates, metrics)


def verdict(score: Score, gate_results: Iterable[GateResult], doubts: Collection[str] = ()) -> Verdict:
    """auto_approved where the score is above the shipped threshold, no gate failed and nothing is in doubt.

    doubts: of the steps, whether they found the product. They are for a person, whatever the result scores.
    """
    good_enough = score.value > score_rules().auto_approve_above and not doubts
    return "auto_approved" if good_enough and all(gate.passed for gate in gate_results) else "needs_review"
