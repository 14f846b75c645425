"""A channel's rules as people read them."""

from __future__ import annotations

from rich.table import Table

from pyservice.cli.consoles import shown
from pyservice.recipes import Channel
from pyservice.recipes.channels import Rule


def add_rules(rows: Table, channel: Channel) -> Table:
    """The table with a row per rule: id, demand, confidence, when it holds, where it was read."""
    for rule in channel.rules:
        rows.add_row(rule.id, shown(demand(rule)), rule.confidence, shown(holds(rule)), shown("\n".join(rule.sources)))
    return rows


def demand(rule: Rule) -> str:
    """What the rule asks for: its kind, its values, whether it must."""
    values = ", ".join(f"{name} {_value(value)}" for name, value in rule.values.items())
    must = "" if rule.strength == "required" else " (recommended)"
    return f"{rule.kind}{': ' if values else ''}{values}{must}"


def holds(rule: Rule) -> str:
    """From when until when; empty where no day is known."""
    since = f"from {rule.effective_from}" if rule.effective_from else ""
    until = f"until {rule.effective_until}" if rule.effective_until else ""
    return " ".join(part for part in (since, until) if part)


def _value(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
