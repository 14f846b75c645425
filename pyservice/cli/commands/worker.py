"""Work on batches for a Dask scheduler, which hands out what a Vitrine elsewhere asks for.

It starts VITRINE_WORKERS processes, one picture each, and joins again whenever the scheduler comes back. Blobs must
be where VITRINE_BLOB_URL says, for all machines alike. Ctrl-C stops it.
"""

from __future__ import annotations

import argparse
import re

HELP = "work on batches for a Vitrine on another machine"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """ADDRESS"""
    parser.epilog = "Start the scheduler with: dask scheduler --no-dashboard"
    parser.add_argument("address", type=_address, metavar="ADDRESS", help="of the scheduler, tcp://host:8786")


def run(arguments: argparse.Namespace) -> int:
    """Work until told to stop."""
    from pyservice.cli.exits import DONE
    from pyservice.config import load_settings
    from pyservice.jobs.joining import work_for
    from pyservice.logs import configure
    from pyservice.storage import BlobStore

    settings = load_settings()
    BlobStore(settings.blob_url).check_reachable()
    configure(settings)
    work_for(arguments.address, settings)
    return DONE


def _address(text: str) -> str:
    from pyservice.config import SCHEDULER_ADDRESS

    if not re.fullmatch(SCHEDULER_ADDRESS, text):
        raise argparse.ArgumentTypeError(f"expected an address like tcp://host:8786, received {text}")
    return text
