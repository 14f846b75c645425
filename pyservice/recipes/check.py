"""Does a finished file meet a channel's rules, and if not, what would mend it?"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from pyservice.imaging import Facts, Picture
from pyservice.quality import GateResult, Metrics
from pyservice.recipes.channels import Channel, Confidence, Rule
from pyservice.recipes.fix import Fix, with_fixes
from pyservice.recipes.recipe import Recipe
from pyservice.recipes.rules import Candidate, Finding, all_rule_kinds

Status = Literal["pass", "warn", "fail"]


class CheckRow(BaseModel):
    """How the file stands to one rule, and why."""

    model_config = ConfigDict(frozen=True)

    rule: str = Field(description="Id of the rule in its channel.")
    kind: str
    status: Status
    measured: str
    required: str
    reason: str = Field(description="What is wrong; empty where nothing is.")
    remedy: str = Field(description="What to do about it, in words.")
    evidence: tuple[tuple[int, int, int, int], ...] | None = Field(
        description="Boxes x, y, width, height [px] of what is wrong."
    )
    fix: Fix | None = Field(description="The step or output change that mends it, where one does.")
    confidence: Confidence
    sources: tuple[str, ...]
    effective_from: date | None = None


class CheckReport(BaseModel):
    """One row per rule that holds or is coming."""

    model_config = ConfigDict(frozen=True)

    channel: str
    on: date
    width_px: int
    height_px: int
    rows: tuple[CheckRow, ...]
    passed: bool = Field(description="No row failed; warnings do not count.")
    warnings: int
    failures: tuple[str, ...] = Field(description="Ids of the rules that failed.")

    def gates(self) -> list[GateResult]:
        """The failed rules as gates, for the verdict: `channel:<rule>`, as in the reject reasons."""
        return [
            GateResult(
                name=f"channel:{row.rule}",
                passed=False,
                measured=None,
                required=row.required,
                reason=row.reason,
            )
            for row in self.rows
            if row.status == "fail"
        ]


def check(facts: Facts, picture: Picture, metrics: Metrics, channel: Channel, on: date) -> CheckReport:
    """Judge an encoded file: its facts, the picture decoded from it (with the product's mask), its metrics.

    Rules that are over by `on` are left out; rules that come later can only warn, and say from when.
    """
    candidate = Candidate(facts, picture, metrics)
    rows = tuple(_row(rule, candidate, on) for rule in channel.rules if not rule.is_over(on))
    failures = tuple(row.rule for row in rows if row.status == "fail")
    return CheckReport(
        channel=channel.id,
        on=on,
        width_px=facts.width,
        height_px=facts.height,
        rows=rows,
        passed=not failures,
        warnings=sum(row.status == "warn" for row in rows),
        failures=failures,
    )


def fixed(recipe: Recipe, report: CheckReport) -> Recipe:
    """The recipe with the fix of every row that did not pass: render it and check again.

    Steps of the same operation take the new values instead of being doubled. What one fix would undo and
    another rule asks for comes again behind it: a new ground wants a new shadow.
    """
    fixes = [row.fix for row in report.rows if row.fix is not None]
    changed = {fix.operation for fix in fixes}
    kinds = [all_rule_kinds()[row.kind] for row in report.rows if row.status == "pass"]
    lost = [kind.again for kind in kinds if kind.again is not None and kind.lost_with in changed]
    return with_fixes(recipe, [*fixes, *lost], report.width_px, report.height_px)


def _row(rule: Rule, candidate: Candidate, on: date) -> CheckRow:
    finding = all_rule_kinds()[rule.kind].judge(candidate, rule.parsed_values())
    status = _status(rule, finding, on)
    wrong = status != "pass"
    coming = f"From {rule.effective_from}: " if rule.is_coming(on) else ""
    return CheckRow(
        rule=rule.id,
        kind=rule.kind,
        status=status,
        measured=finding.measured,
        required=finding.required,
        reason=coming + finding.reason if wrong else "",
        remedy=finding.remedy if wrong else "",
        evidence=finding.evidence if wrong else None,
        fix=finding.fix if wrong else None,
        confidence=rule.confidence,
        sources=rule.sources,
        effective_from=rule.effective_from,
    )


def _status(rule: Rule, finding: Finding, on: date) -> Status:
    if finding.ok:
        return "pass"
    broken = finding.ok is False and finding.certain
    return "fail" if broken and rule.may_fail(on) else "warn"
