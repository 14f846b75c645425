"""`vitrine`: find the subcommand, run it, turn what it raises into an exit code."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import NoReturn

from pyservice import __version__
from pyservice.cli.exits import FAILED, INTERRUPTED
from pyservice.errors import VitrineError, sentence

COMMANDS = (
    "process",
    "check",
    "inspect",
    "operations",
    "presets",
    "channels",
    "models",
    "up",
    "serve",
    "worker",
    "verify",
    "backup",
    "restore",
    "password",
    "demo",
)


class Parser(argparse.ArgumentParser):
    """argparse, but a wrong command ends in 1: 2 means that some pictures failed."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(FAILED, f"vitrine: {message}\n")


def build_parser() -> argparse.ArgumentParser:
    """The whole command line; every subcommand's own file says what it takes."""
    parser = Parser(
        prog="vitrine",
        description="Turn raw product photos into listing-ready pictures.",
        epilog="`vitrine COMMAND --help` tells more. Start with: vitrine process PHOTOS --out DIR",
    )
    parser.add_argument("--version", action="version", version=f"vitrine {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=Parser)
    for name in COMMANDS:
        command = command_module(name)
        own = commands.add_parser(
            name,
            help=command.HELP,
            description=command.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        own.set_defaults(run=command.run)
        command.add_arguments(own)
    return parser


def command_module(name: str) -> ModuleType:
    """The file of a subcommand: HELP, add_arguments(parser) and run(arguments) → exit code."""
    return importlib.import_module(f"pyservice.cli.commands.{name}")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = build_parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
    except VitrineError as error:
        _complain(error.message)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output, `head` perhaps, has seen enough.
        return FAILED
    except OSError as error:
        _complain(sentence(error))
        return FAILED
    return code


def _complain(message: str) -> None:
    from pyservice.cli.consoles import err

    err().print(f"vitrine: {message}", style="red", markup=False, highlight=False, soft_wrap=True)
