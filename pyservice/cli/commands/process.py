"""Turn photos into listing pictures: name_processed.jpg, name_mask.png and one result.csv.

Sub-folders are kept. Run it again and it goes on where it stopped: what is done already is taken from DIR/.vitrine.
In a table (CSV), a row names a picture and may set brightness, contrast, sharpness, any operation.parameter, and
its own preset. Pictures without a row get the values of the command; rows without a picture fail.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from pyservice.cli.arguments import add_paths, add_workers, folder
from pyservice.cli.shipped import listing, preset_titles

HELP = "turn photos into listing pictures"
DEFAULT_PRESET = "catalog-white"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """PATHS, what to do with them, where to."""
    parser.epilog = (
        f"presets:\n{listing(preset_titles())}\n\n"
        "`vitrine operations` lists what --set and the table may set.\n"
        "exit codes: 0 all good, 2 some pictures failed, 1 it could not run, 130 stopped by Ctrl-C"
    )
    add_paths(parser)
    parser.add_argument("--csv", type=Path, metavar="FILE", help="table with a row per picture")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--preset", metavar="NAME", help=f"recipe that ships with Vitrine ({DEFAULT_PRESET})")
    what.add_argument("--recipe", type=Path, metavar="FILE", help="recipe of your own, in JSON")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="OPERATION.PARAM=VALUE",
        dest="settings",
        help="change a value for every picture; may be given often. output.quality=90 works too, and @FILE where "
        "another picture is wanted",
    )
    parser.add_argument(
        "--channel",
        action="append",
        default=[],
        metavar="NAME",
        help="check every result against a marketplace; may be given often",
    )
    parser.add_argument("--format", choices=("jpeg", "png", "webp", "avif"), help="file format of the results")
    parser.add_argument("--out", type=folder, required=True, metavar="DIR", help="folder for the results")
    add_workers(parser)


def run(arguments: argparse.Namespace) -> int:
    """Process every picture; the exit code says how it went."""
    from pyservice.cli.processing import Order, process

    return process(
        Order(
            paths=arguments.paths,
            csv=arguments.csv,
            preset=arguments.preset or DEFAULT_PRESET,
            recipe=arguments.recipe,
            settings=arguments.settings,
            channels=[name for text in arguments.channel for name in text.split(",")],
            format=arguments.format,
            out=arguments.out,
            workers=arguments.workers,
        )
    )
