"""Start Vitrine: the gateway and the processing service, until Ctrl-C. What dies is started again."""

from __future__ import annotations

import argparse

HELP = "start everything"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """[--fetch]; the environment says the rest."""
    parser.epilog = (
        "Every setting is in docs/reference/config.md. VITRINE_SERVICE_URL does not count here: the service is found\n"
        "where it was started. A variable that begins with VITRINE_ and is no setting is named.\n"
        "exit codes: 0 stopped as told, 1 it could not start"
    )
    parser.add_argument("--fetch", action="store_true", help="fetch the weights that are missing first")


def run(arguments: argparse.Namespace) -> int:
    """Run until told to stop."""
    from pyservice.cli.running import up

    return up(fetch=arguments.fetch)
