"""Weights on the command line: what there is, and fetching what is missing."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn
from rich.progress import TimeRemainingColumn as TimeRemaining

from pyservice.cli.consoles import out, print_json, shown, table
from pyservice.models import Weight, fetch, weights_table


def missing_weights(models_dir: Path) -> list[Weight]:
    """The default weights that are not installed."""
    return [row for row in weights_table(models_dir).values() if row.default and not row.installed(models_dir)]


def fetch_missing(models_dir: Path, console: Console) -> None:
    """Install the default weights that are missing, showing how far it is. Raises ModelUnavailable."""
    models_dir.mkdir(parents=True, exist_ok=True)
    for weight in missing_weights(models_dir):
        console.print(f"Fetching {weight.title} ({weight.license_weights})", markup=False, highlight=False)
        _fetch(weight, models_dir, console)


def _fetch(weight: Weight, models_dir: Path, console: Console) -> None:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemaining(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(weight.id, total=weight.archive_bytes)
        fetch(weight, models_dir, lambda done, total: bar.update(task, completed=done, total=total))
        bar.update(task, completed=weight.archive_bytes)


def print_weights(models_dir: Path, *, as_json: bool) -> None:
    """Every weight, and whether it is here."""
    rows = weights_table(models_dir).values()
    if as_json:
        print_json([{**row.model_dump(mode="json"), "installed": row.installed(models_dir)} for row in rows])
        return
    listed = table("Model", "What it is", "Size (MB)", "Licence", "Installed")
    for row in rows:
        mark = "[green]✓ yes[/]" if row.installed(models_dir) else "[yellow]no[/]"
        listed.add_row(row.id, shown(row.title), f"{row.bytes / 1e6:.0f}", shown(row.license_weights), mark)
    out().print(listed)
    out().print(f"Folder: {models_dir}", highlight=False, soft_wrap=True)
