"""Put a backup back. Vitrine must be stopped.

The backup is read to its end first; if anything is wrong with it, or later on, all stays as it was.
"""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "put a backup back"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE"""
    parser.epilog = "exit codes: 0 restored, 1 nothing was changed"
    parser.add_argument("file", type=Path, metavar="FILE", help="a backup made by `vitrine backup`")
    parser.add_argument("--force", action="store_true", help="replace what is stored now, accounts and all")


def run(arguments: argparse.Namespace) -> int:
    """Restore all or nothing."""
    from pyservice.cli.restoring import restore

    return restore(arguments.file, force=arguments.force)
