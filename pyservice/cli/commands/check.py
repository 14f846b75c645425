"""Check pictures against a marketplace's rules, and mend what can be mended.

With --fix, DIR gets the mended pictures as name_processed, and those that need no mending as they are.
"""

from __future__ import annotations

import argparse

from pyservice.cli.arguments import add_json, add_paths, add_workers, day, folder
from pyservice.cli.shipped import channel_titles, listing

HELP = "check pictures against a marketplace's rules"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """CHANNEL PATHS…"""
    parser.epilog = (
        f"channels:\n{listing(channel_titles())}\n\nexit codes: 0 all pass, 2 some do not, 1 it could not run"
    )
    parser.add_argument("channel", metavar="CHANNEL", help="name of a marketplace's rules, from the list below")
    add_paths(parser)
    parser.add_argument("--fix", action="store_true", help="mend what can be mended and check again")
    parser.add_argument("--out", type=folder, metavar="DIR", help="folder for the mended pictures")
    parser.add_argument("--on", type=day, metavar="DATE", help="the rules as they are on that day (today)")
    add_json(parser)
    add_workers(parser)


def run(arguments: argparse.Namespace) -> int:
    """Check every picture; 2 where one does not pass."""
    from pyservice.cli.checking import check

    return check(arguments)
