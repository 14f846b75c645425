"""Quality: numbers about a picture, hard gates, and a score for people."""

from pyservice.quality.gates import GateResult, Verdict
from pyservice.quality.ground import off_white_box
from pyservice.quality.measure import measure
from pyservice.quality.metrics import Metrics
from pyservice.quality.score import PartScore, Score, score, score_rules
from pyservice.quality.verdict import gates, verdict

__all__ = [
    "GateResult",
    "Metrics",
    "PartScore",
    "Score",
    "Verdict",
    "gates",
    "measure",
    "off_white_box",
    "score",
    "score_rules",
    "verdict",
]
