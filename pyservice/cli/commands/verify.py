"""Read every stored blob again: is each there, unaltered, and nothing else?"""

from __future__ import annotations

import argparse

from pyservice.cli.arguments import add_json, folder

HELP = "check the blob store for damage"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """[DIR]"""
    parser.epilog = "exit codes: 0 all well, 2 something is wrong, 1 it could not run"
    parser.add_argument(
        "out", nargs="?", type=folder, metavar="DIR", help="results of `process` (the service's own store)"
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """2 where something is wrong."""
    from dataclasses import asdict

    from pyservice.cli.consoles import out, print_json, shown, table
    from pyservice.cli.exits import DONE, SOME_FAILED
    from pyservice.config import load_settings
    from pyservice.errors import NotFound
    from pyservice.jobs.placed import STORE
    from pyservice.storage import BlobStore

    if arguments.out is not None and not (arguments.out / STORE).is_dir():
        raise NotFound(f"Expected results of `vitrine process` in {arguments.out}, found no {STORE} there")
    url = load_settings().blob_url if arguments.out is None else f"file://{(arguments.out / STORE).absolute()}"
    report = BlobStore(url).verify()
    if arguments.json:
        print_json({"ok": report.ok, **asdict(report)})
        return DONE if report.ok else SOME_FAILED
    rows = table("", "Blob or file")
    for word, names in (("altered", report.flipped), ("missing", report.missing), ("stray", report.stray)):
        for name in names:
            rows.add_row(f"[red]{word}[/]", shown(name))
    if not report.ok:
        out().print(rows)
    wrong = len(report.flipped) + len(report.missing) + len(report.stray)
    out().print(f"{report.checked} blobs read, {wrong} things wrong", highlight=False)
    return DONE if report.ok else SOME_FAILED
