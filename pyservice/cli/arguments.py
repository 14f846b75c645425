"""Kinds of argument that several commands take."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

PATHS_HELP = "pictures, folders (with all below), globs or zips"


def add_paths(parser: argparse.ArgumentParser) -> None:
    """PATHS…"""
    parser.add_argument("paths", nargs="+", metavar="PATHS", help=PATHS_HELP)


def add_workers(parser: argparse.ArgumentParser) -> None:
    """--workers N"""
    parser.add_argument("--workers", type=positive, metavar="N", help="pictures worked on at once (one per core)")


def add_json(parser: argparse.ArgumentParser) -> None:
    """--json"""
    parser.add_argument("--json", action="store_true", help="answer in JSON, for other programs")


def positive(text: str) -> int:
    """A whole number of at least 1."""
    number = int(text)
    if not 1 <= number <= 256:
        raise argparse.ArgumentTypeError(f"expected a number from 1 to 256, received {text}")
    return number


def day(text: str) -> date:
    """A date like 2027-01-31."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected a date like 2027-01-31, received {text}") from None


def folder(text: str) -> Path:
    """A folder that exists or can be made."""
    path = Path(text)
    if path.exists() and not path.is_dir():
        raise argparse.ArgumentTypeError(f"expected a folder, received the file {text}")
    return path
