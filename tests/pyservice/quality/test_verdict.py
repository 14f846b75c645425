"""Gates stand apart from the score: a failed one is never averaged away."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from pyservice.quality import GateResult, Score, gates, measure, score, verdict
from pyservice.quality.gates import Gate


def scored(value):
    return Score(value=value, version=1, parts=(), sentence="")


OPEN = GateResult(name="x", passed=True, measured=1, required="", reason="")
SHUT = GateResult(name="x", passed=False, measured=0, required="", reason="no")


@pytest.mark.parametrize(
    ("value", "results", "expected"),
    [
        (75.1, [OPEN], "auto_approved"),
        (75.0, [OPEN], "needs_review"),
        (100, [OPEN, SHUT], "needs_review"),
        (100, [], "auto_approved"),
    ],
)
def test_approves_above_75_with_no_failed_gate(value, results, expected):
    assert verdict(scored(value), results) == expected


def test_what_a_step_doubts_is_for_a_person_however_well_it_scores():
    assert verdict(scored(100), [OPEN], ("It may look soft.",)) == "needs_review"


def test_a_good_listing_picture_passes_every_gate(draw):
    metrics = measure(draw((60, 60, 480, 480), size=(600, 600)), agreement=0.98)
    assert [gate.name for gate in gates(metrics) if not gate.passed] == ["not-blank"]


def test_two_models_that_disagree_shut_the_gate(draw):
    failed = [gate for gate in gates(measure(draw(), agreement=0.4)) if not gate.passed]
    assert "cut-out" in [gate.name for gate in failed]
    assert all(gate.reason for gate in failed)


def test_a_thumbnail_fails_whatever_it_scores(draw):
    metrics = measure(draw((20, 20, 160, 160), size=(200, 200)))
    assert "resolution" in [gate.name for gate in gates(metrics) if not gate.passed]
    assert verdict(score(metrics), gates(metrics)) == "needs_review"


def test_what_could_not_be_measured_leaves_its_gate_open(draw):
    gate = next(gate for gate in gates(measure(draw())) if gate.name == "cut-out")
    assert gate.measured is None
    assert gate.passed


def test_a_gate_without_limits_is_refused():
    with pytest.raises(ValidationError, match="Expected min or max"):
        Gate(name="x", metric="blur", reason="r")
