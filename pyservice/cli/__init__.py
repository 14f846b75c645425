"""The command line: the studio's verbs for a terminal."""

from pyservice.cli.main import build_parser, main

__all__ = ["build_parser", "main"]
