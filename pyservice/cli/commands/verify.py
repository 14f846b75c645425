"""Read every stored blob again: is each there, unaltered, and nothing else?

What was stored within the last hour may be somebody's work under way: it is never removed, nor told as unreferenced.
"""

from __future__ import annotations

import argparse

from pyservice.cli.arguments import add_json, folder

HELP = "check the blob store for damage, and clean it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """[DIR] [--references FILE] [--clean]"""
    parser.epilog = "exit codes: 0 all well, 2 something is wrong, 1 it could not run"
    parser.add_argument(
        "out", nargs="?", type=folder, metavar="DIR", help="results of `process` (the service's own store)"
    )
    parser.add_argument(
        "--references",
        metavar="FILE",
        help="blob ids that are in use, one a line (- reads them from standard input; those that the gateway knows): "
        "tells what is missing, and what nobody refers to",
    )
    parser.add_argument(
        "--clean", action="store_true", help="remove stray files, and what nobody refers to where that is known"
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """2 where something is wrong."""
    from pyservice.cli.verifying import verify

    return verify(arguments.out, arguments.references, clean=arguments.clean, as_json=arguments.json)
