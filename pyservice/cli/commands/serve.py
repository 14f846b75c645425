"""Start the processing service. It listens where VITRINE_HOST and VITRINE_PORT say; Ctrl-C stops it."""

from __future__ import annotations

import argparse

HELP = "start the processing service"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: the environment says it all."""
    parser.epilog = "Every setting is in docs/reference/config.md."


def run(arguments: argparse.Namespace) -> int:
    """Serve until told to stop."""
    from pyservice.api.serve import serve
    from pyservice.cli.exits import DONE
    from pyservice.config import load_settings

    serve(load_settings())
    return DONE
