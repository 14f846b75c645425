"""Names of what ships as data, read without loading the engine, so that help comes at once."""

from __future__ import annotations

import json
from importlib import resources


def preset_titles() -> dict[str, str]:
    """Titles of the presets, by name."""
    return _titles("presets", "name")


def channel_titles() -> dict[str, str]:
    """Titles of the channels, by name."""
    return _titles("channels", "id")


def listing(titles: dict[str, str]) -> str:
    """Lines of an epilog: a name and its title each."""
    width = max(map(len, titles), default=0)
    return "\n".join(f"  {name:<{width}}  {title}" for name, title in titles.items())


def _titles(folder: str, key: str) -> dict[str, str]:
    entries = resources.files("pyservice").joinpath("recipes", folder).iterdir()
    found = [_title(entry.read_text("utf-8"), key) for entry in entries if entry.name.endswith(".json")]
    return dict(sorted(title for title in found if title is not None))


def _title(text: str, key: str) -> tuple[str, str] | None:
    """None for a file that is not what it should be: whoever uses it says so, help stays help."""
    try:
        row = json.loads(text)
        return str(row[key]), str(row["title"])
    except (ValueError, KeyError, TypeError):
        return None
