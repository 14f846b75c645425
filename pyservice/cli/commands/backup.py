"""Back up all metadata and every blob it refers to, into one tar file. Vitrine may run meanwhile.

The keys of the data folder are not in it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "back up everything into one file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE"""
    parser.epilog = "exit codes: 0 all backed up, 2 all but what was damaged before, 1 no backup was made"
    parser.add_argument("file", type=Path, metavar="FILE", help="the backup; one of that name is replaced")
    parser.add_argument(
        "--allow-damaged", action="store_true", help="leave out blobs that are lost or altered, and list them"
    )


def run(arguments: argparse.Namespace) -> int:
    """2 where something had to be left out."""
    from pyservice.cli.backing_up import back_up

    return back_up(arguments.file, allow_damaged=arguments.allow_damaged)
