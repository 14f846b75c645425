"""Where text goes: answers to stdout, everything else to stderr."""

from __future__ import annotations

import json
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

# A table that goes into a file or another program is not cut to the width of some terminal.
_WIDE = 200


def out() -> Console:
    """For what was asked for."""
    return _console(Console())


def err() -> Console:
    """For progress and complaints."""
    return _console(Console(stderr=True))


def _console(console: Console) -> Console:
    if not console.is_terminal:
        console.width = _WIDE
    return console


def print_json(value: Any) -> None:
    """Plain JSON on stdout, fit for another program."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    out().print(text, markup=False, highlight=False, soft_wrap=True)


def table(*columns: str) -> Table:
    """An empty table whose cells wrap instead of losing text."""
    made = Table(header_style="bold", expand=False)
    for column in columns:
        made.add_column(column, overflow="fold")
    return made


def shown(text: str) -> str:
    """Strangers' text, without brackets that would be markup and characters that would steer the terminal."""
    printable = "".join(letter if letter.isprintable() or letter == "\n" else "\ufffd" for letter in text)
    return escape(printable)
