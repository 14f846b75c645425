"""List the presets, or print one: its recipe can be saved, changed and given to `process --recipe`."""

from __future__ import annotations

import argparse

from pyservice.cli.arguments import add_json

HELP = "list the presets, or print one"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """[NAME]"""
    parser.add_argument("name", nargs="?", metavar="NAME", help="preset whose recipe is printed, in JSON")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print them."""
    from pyservice.cli.consoles import out, print_json, shown, table
    from pyservice.cli.exits import DONE
    from pyservice.recipes import all_presets, find_preset

    if arguments.name is not None:
        preset = find_preset(arguments.name)
        whole = preset.model_dump(mode="json", exclude_defaults=True)
        print_json(whole if arguments.json else whole["recipe"])
        return DONE
    presets = all_presets().values()
    if arguments.json:
        print_json([preset.model_dump(mode="json", exclude_defaults=True) for preset in presets])
        return DONE
    rows = table("Preset", "Title", "What it makes")
    for preset in presets:
        rows.add_row(preset.name, shown(preset.title), shown(preset.description))
    out().print(rows)
    return DONE
