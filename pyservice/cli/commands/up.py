"""Start Vitrine: the gateway and the processing service, until Ctrl-C. What dies is started again."""

from __future__ import annotations

import argparse

HELP = "start everything"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: the environment says it all."""
    parser.epilog = (
        "Every setting is in docs/reference/config.md. VITRINE_SERVICE_URL does not count here: the service is found\n"
        "where it was started. VITRINE_LOG_FORMAT, where it is not set, is console on a terminal.\n"
        "exit codes: 0 stopped as told, 1 it could not start"
    )


def run(arguments: argparse.Namespace) -> int:
    """Run until told to stop."""
    from pyservice.cli.running import up

    return up()
