"""Read every stored blob again: is each there, unaltered, and nothing else?

What was stored within the last hour may be somebody's work under way: it is never removed, nor told as unreferenced.
"""

from __future__ import annotations

import argparse

from pyservice.cli.arguments import add_json, folder

HELP = "check the blob store for damage, and clean it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """[DIR] [--references FILE] [--clean]"""
    parser.epilog = "exit codes: 0 all well, 2 something is wrong, 1 it could not run"
    parser.add_argument(
        "out", nargs="?", type=folder, metavar="DIR", help="results of `process` (the service's own store)"
    )
    parser.add_argument(
        "--references",
        metavar="FILE",
        help="blob ids that are in use, one a line (- reads them from standard input; those that the gateway knows): "
        "tells what is missing, and what nobody refers to",
    )
    parser.add_argument(
        "--clean", action="store_true", help="remove stray files, and what nobody refers to where that is known"
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """2 where something is wrong."""
    from dataclasses import asdict

    from pyservice.cli.consoles import out, print_json, shown, table
    from pyservice.cli.exits import DONE, SOME_FAILED
    from pyservice.cli.metadata import own_references
    from pyservice.cli.references import read_references
    from pyservice.config import load_settings
    from pyservice.errors import InvalidRequest, NotFound
    from pyservice.jobs.placed import STORE
    from pyservice.storage import BlobStore

    if arguments.out is not None and not (arguments.out / STORE).is_dir():
        raise NotFound(f"Expected results of `vitrine process` in {arguments.out}, found no {STORE} there")
    url = load_settings().blob_url if arguments.out is None else f"file://{(arguments.out / STORE).absolute()}"
    store = BlobStore(url)
    referenced: set[str] | None
    if arguments.references is not None:
        referenced = read_references(arguments.references)
    else:
        referenced = own_references(store) if arguments.out is None else None
    if arguments.clean and referenced is not None and not referenced:
        # An empty list is a broken pipe, or a lost database, more often than a store that nobody needs.
        where = arguments.references or "the metadata"
        raise InvalidRequest(f"Expected at least one blob id in {where} to clean by, received none")
    report = store.verify(referenced, clean=arguments.clean)
    if arguments.json:
        print_json({"ok": report.ok, **asdict(report)})
        return DONE if report.ok else SOME_FAILED
    rows = table("", "Blob or file")
    wrong = [
        (word, name)
        for word, names in (
            ("altered", report.flipped),
            ("missing", report.missing),
            ("stray", report.stray),
            ("unreferenced", report.unreferenced),
        )
        for name in names
    ]
    for word, name in wrong:
        rows.add_row(f"[red]{word}[/]", shown(name))
    for name in report.removed:
        rows.add_row("removed", shown(name))
    if wrong or report.removed:
        out().print(rows)
    removed = f", {len(report.removed)} removed" if arguments.clean else ""
    out().print(f"{report.checked} blobs read{removed}, {len(wrong)} things wrong", highlight=False)
    return DONE if report.ok else SOME_FAILED
