"""List the weights: what they are for, under which licence, whether they are installed. --fetch installs them."""

from __future__ import annotations

import argparse

from pyservice.cli.arguments import add_json

HELP = "list the weights, or fetch them"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """[--fetch]"""
    parser.epilog = "The folder is VITRINE_MODELS_DIR, else one in the user's cache folder; checkouts share it."
    parser.add_argument(
        "--fetch",
        action="store_true",
        help="install what is missing; after a stop, what was finished stays and the archive under way begins again",
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Fetch if asked, then list."""
    from pyservice.cli.consoles import err
    from pyservice.cli.exits import DONE
    from pyservice.cli.weights import fetch_missing, print_weights
    from pyservice.config import load_settings

    models_dir = load_settings().models_dir
    if arguments.fetch:
        fetch_missing(models_dir, err())
    print_weights(models_dir, as_json=arguments.json)
    return DONE
