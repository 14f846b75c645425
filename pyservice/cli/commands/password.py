"""Set a new password for an account whose owner forgot theirs. Vitrine may run.

It asks for the password twice on a terminal; elsewhere it reads one line from standard input. Whoever was signed in to
the account has to sign in again; its API keys stay.
"""

from __future__ import annotations

import argparse

HELP = "set a forgotten password anew"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """EMAIL"""
    parser.epilog = "exit codes: 0 set, 1 nothing was changed"
    parser.add_argument("email", metavar="EMAIL", help="of the account")


def run(arguments: argparse.Namespace) -> int:
    """Set it or say why not."""
    from pyservice.cli.passwords import set_password

    return set_password(arguments.email)
