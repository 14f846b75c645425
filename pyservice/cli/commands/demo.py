"""The main job on real photos, without a server: originals, a small table, results, masks, a contact sheet."""

from __future__ import annotations

import argparse
from pathlib import Path

from pyservice.cli.arguments import add_workers, folder

HELP = "see it work on real photos"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--out DIR"""
    parser.add_argument("--out", type=folder, default=Path("demo"), metavar="DIR", help="folder for it all (demo)")
    add_workers(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the originals, process them, draw the contact sheet."""
    from pyservice.cli.demonstration import demonstrate

    return demonstrate(arguments.out, arguments.workers)
