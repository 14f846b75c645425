"""List the marketplaces whose rules are known, or print the rules of one with their sources."""

from __future__ import annotations

import argparse

from pyservice.cli.arguments import add_json

HELP = "list the marketplaces, or the rules of one"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """[NAME]"""
    parser.add_argument("name", nargs="?", metavar="NAME", help="channel whose rules are printed")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print them."""
    from pyservice.cli.consoles import out, print_json, shown, table
    from pyservice.cli.exits import DONE
    from pyservice.cli.rules import add_rules
    from pyservice.recipes import all_channels, find_channel

    chosen = [find_channel(arguments.name)] if arguments.name else list(all_channels().values())
    if arguments.json:
        found = [channel.model_dump(mode="json", exclude_defaults=True) for channel in chosen]
        print_json(found[0] if arguments.name else found)
        return DONE
    console = out()
    if arguments.name:
        console.print(f"[bold]{shown(chosen[0].title)}[/]\n{shown(chosen[0].description)}", highlight=False)
        console.print(add_rules(table("Rule", "Demand", "Word of", "Holds", "Source"), chosen[0]))
        for demand in chosen[0].unchecked:
            console.print(f"For a person to look after: {shown(demand)}", highlight=False)
        return DONE
    rows = table("Channel", "Title", "Rules", "Read on")
    for channel in chosen:
        rows.add_row(channel.id, shown(channel.title), str(len(channel.rules)), str(channel.collected_on))
    console.print(rows)
    return DONE
