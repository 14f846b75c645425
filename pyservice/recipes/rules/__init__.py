"""Kinds of marketplace rule, one small function each."""

from pyservice.recipes.rules.registry import (
    Candidate,
    Finding,
    RuleKind,
    Values,
    all_rule_kinds,
    rule_kind,
)

__all__ = ["Candidate", "Finding", "RuleKind", "Values", "all_rule_kinds", "rule_kind"]
