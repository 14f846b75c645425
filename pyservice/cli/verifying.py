"""What `vitrine verify` does: looks at every blob, says what is wrong, with which picture, and what helps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from pyservice.cli.consoles import out, print_json, shown, table
from pyservice.cli.exits import DONE, SOME_FAILED
from pyservice.cli.metadata import Holder, holders_of, own_references
from pyservice.cli.references import read_references
from pyservice.config import load_settings
from pyservice.errors import InvalidRequest, NotFound
from pyservice.jobs.placed import STORE
from pyservice.storage import BlobStore, VerifyReport

_HINT = "VITRINE_DATA_DIR and VITRINE_BLOB_URL say where to look"
_MOST_HOLDERS = 3


def verify(results: Path | None, references: str | None, *, clean: bool, as_json: bool) -> int:
    """results: a folder of `vitrine process`; None: the service's own store. references: file of blob ids in use.

    Returns 2 where something is wrong. Raises what keeps it from being looked at.
    """
    url = load_settings().blob_url if results is None else _store_in(results)
    store = BlobStore(url)
    referenced = _referenced(store, references, is_own=results is None)
    if referenced is None and store.folder is not None and not store.folder.is_dir():
        raise NotFound(f"Expected stored pictures in the folder {store.folder}, found no such folder; {_HINT}")
    if clean and referenced is not None and not referenced:
        # An empty list is a broken pipe, or a lost database, more often than a store that nobody needs.
        where = references or "the metadata"
        raise InvalidRequest(f"Expected at least one blob id in {where} to clean by, received none")
    report = store.verify(referenced, clean=clean)
    holders = holders_of([*report.flipped, *report.missing]) if results is None else {}
    place = str(store.folder or url)
    if as_json:
        by_blob = {blob: [asdict(one) for one in found] for blob, found in holders.items()}
        print_json({"ok": report.ok, "store": place, **asdict(report), "holders": by_blob})
    else:
        _tell(report, holders, place, clean=clean)
        _advise(report, clean=clean, is_own=results is None)
    return DONE if report.ok else SOME_FAILED


def _store_in(results: Path) -> str:
    if not (results / STORE).is_dir():
        raise NotFound(f"Expected results of `vitrine process` in {results}, found no {STORE} there")
    return f"file://{(results / STORE).absolute()}"


def _referenced(store: BlobStore, references: str | None, *, is_own: bool) -> set[str] | None:
    if references is not None:
        return read_references(references)
    return own_references(store) if is_own else None


def _tell(report: VerifyReport, holders: Mapping[str, Sequence[Holder]], place: str, *, clean: bool) -> None:
    lists = {
        "altered": report.flipped,
        "missing": report.missing,
        "stray": report.stray,
        "unreferenced": report.unreferenced,
    }
    rows = table("", "Blob or file", *(["Of"] if holders else []))
    for word, names in lists.items():
        for name in names:
            rows.add_row(f"[red]{word}[/]", shown(name), *([_shown_holders(holders.get(name, ()))] if holders else []))
    for name in report.removed:
        rows.add_row("removed", shown(name))
    if rows.row_count:
        out().print(rows)
    removed = f", {len(report.removed)} removed" if clean else ""
    wrong = sum(map(len, lists.values()))
    _say(f"{shown(place)}: {report.checked} blobs read{removed}, {wrong} things wrong")


def _shown_holders(holders: Sequence[Holder]) -> str:
    lines = [shown(_words(holder)) for holder in holders[:_MOST_HOLDERS]]
    more = len(holders) - _MOST_HOLDERS
    return "\n".join([*lines, *([f"and {more} more"] if more > 0 else [])])


def _words(holder: Holder) -> str:
    name = holder.name.replace("\n", " ")
    return f"{holder.what}: {name} ({holder.id})"


def _advise(report: VerifyReport, *, clean: bool, is_own: bool) -> None:
    if (report.flipped or report.missing) and is_own:
        _say(
            "Altered and missing: put a backup back (vitrine restore FILE --force, or make restore FILE=… FORCE=yes), "
            "or upload the photo again, which brings back the original and its thumb."
        )
    elif report.flipped:
        _say("Altered: `vitrine process` with the same photos makes them again.")
    if not (report.stray or report.unreferenced):
        return
    if clean:
        _say("What is younger than an hour stays: it may be somebody's work under way. Clean again in an hour.")
    else:
        _say(
            "Stray and unreferenced: vitrine verify --clean (make verify CLEAN=yes) removes what is older than an hour."
        )


def _say(text: str) -> None:
    out().print(text, highlight=False, soft_wrap=True)
