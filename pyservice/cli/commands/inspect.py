"""Say what is known of pictures: size, format, how sharp, how well lit, how good all in all."""

from __future__ import annotations

import argparse

from pyservice.cli.arguments import add_json, add_paths, add_workers

HELP = "measure pictures as they are"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """PATHS…"""
    parser.epilog = "exit codes: 0 all read, 2 some could not be, 1 it could not run"
    add_paths(parser)
    add_json(parser)
    add_workers(parser)


def run(arguments: argparse.Namespace) -> int:
    """Measure every picture; 2 where one could not be read."""
    from pyservice.cli.inspecting import inspect

    return inspect(arguments)
