"""What `vitrine inspect` does once its arguments are known."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from pyservice.cli.consoles import out, print_json, shown, table
from pyservice.cli.each import each_picture
from pyservice.cli.exits import DONE, SOME_FAILED
from pyservice.cli.studio import engine_in, worker_count
from pyservice.errors import VitrineError, sentence
from pyservice.jobs import Inspection
from pyservice.jobs.sources import Source, Sources

_Told = tuple[Source, Inspection | str]
_VERDICTS = {"auto_approved": "[green]✓ good[/]", "needs_review": "[yellow]! look[/]"}


def inspect(arguments: argparse.Namespace) -> int:
    """Measure every picture; 2 where one could not be read."""
    workers = worker_count(arguments.workers)
    sources = Sources(arguments.paths)
    try:
        with engine_in(None, workers) as engine:

            def look(source: Source) -> _Told:
                try:
                    with engine.lend(source.read(engine.limits.max_bytes)) as blob:
                        return source, engine.inspect(blob)
                except (VitrineError, OSError) as error:
                    return source, sentence(error)

            told = each_picture(sources.pictures, look, workers, lambda one: isinstance(one[1], str))
    finally:
        sources.close()
    if arguments.json:
        print_json([_as_json(source, found) for source, found in told])
    else:
        _print(told)
    return SOME_FAILED if any(isinstance(found, str) for _, found in told) else DONE


def _as_json(source: Source, found: Inspection | str) -> dict[str, Any]:
    if isinstance(found, str):
        return {"filename": source.name, "error": found}
    return {"filename": source.name, **found.model_dump(mode="json")}


def _print(told: Sequence[_Told]) -> None:
    rows = table("Picture", "Format", "Size (px)", "File (kB)", "Score", "", "What to know")
    for source, found in told:
        if isinstance(found, str):
            rows.add_row(shown(source.name), "", "", "", "", "[red]✗ unread[/]", shown(found))
            continue
        facts = found.facts
        rows.add_row(
            shown(source.name),
            facts.format,
            f"{facts.width} × {facts.height}",
            f"{facts.bytes / 1000:.0f}",
            f"{found.score.value:.0f}",
            _VERDICTS[found.verdict],
            shown(" ".join(gate.reason for gate in found.gates if not gate.passed)),
        )
    out().print(rows)
