"""What `vitrine restore` does: reads the whole archive first, then puts blobs, then replaces the metadata at once."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import BinaryIO, cast

from pyservice.cli.archive import MANIFEST, METADATA, Manifest, altered, digest_of, members, read_manifest
from pyservice.cli.consoles import err, out
from pyservice.cli.data_folder import alone_on
from pyservice.cli.exits import DONE
from pyservice.cli.gateway import gateway_settings
from pyservice.cli.listening import Place, answers
from pyservice.cli.metadata import Dump, copy_dump, count_rows, import_metadata, own_references
from pyservice.config import load_settings
from pyservice.errors import InvalidRequest, VitrineError
from pyservice.storage import BlobStore

_CLEAN = "`vitrine verify --clean` (make verify CLEAN=yes)"


def restore(path: Path, *, force: bool) -> int:
    """Put everything back. Raises what keeps it from being done; then all is as it was."""
    settings = load_settings()
    with path.open("rb") as file, alone_on(settings.data_dir), tempfile.TemporaryFile() as metadata:
        _check_stopped()
        rows_before = count_rows()
        if rows_before and not force:
            raise InvalidRequest(
                f"Expected an empty store, found {rows_before} rows; --force (make: FORCE=yes) replaces them, "
                "all accounts among them"
            )
        manifest = check(file, metadata)
        _replace(file, metadata, BlobStore(settings.blob_url))
    _tell(manifest, rows_before)
    return DONE


def _check_stopped() -> None:
    gateway = gateway_settings()
    place = Place(gateway.host, gateway.port, "VITRINE_GATEWAY_HOST", "VITRINE_GATEWAY_PORT")
    if gateway.port and answers(place.url):
        raise InvalidRequest(f"Expected the gateway to be stopped, something answers at {place.url}")


def check(file: BinaryIO, metadata: BinaryIO) -> Manifest:
    """Read the archive to its end, and copy its metadata. Raises InvalidRequest that says what is wrong with it."""
    dump: Dump | None = None
    manifest: Manifest | None = None
    blobs: set[str] = set()
    for member in members(file):
        if member.name == MANIFEST:
            manifest = read_manifest(member.data)
        elif member.name == METADATA and dump is None:
            dump = copy_dump(member.data, metadata)
        elif member.blob is None or member.blob in blobs or dump is None:
            raise altered("in the order of its files")
        else:
            blobs.add(member.blob)
            if digest_of(member.data) != member.blob:
                raise altered(f"in {member.name}")
    if dump is None or manifest is None or (manifest.metadata_sha256, manifest.rows) != (dump.sha256, dump.rows):
        raise altered(f"in {METADATA}")
    if not blobs.isdisjoint(manifest.damaged) or blobs.union(manifest.damaged) != dump.references:
        raise altered("in the number of its blobs")
    return manifest


def _replace(file: BinaryIO, metadata: BinaryIO, store: BlobStore) -> None:
    """Blobs first: metadata never refers to what is not there yet."""
    new: list[str] = []
    try:
        for member in members(file):
            if member.blob is not None:
                _put(store, member.blob, cast(BinaryIO, member.data), new)
        metadata.seek(0)
        import_metadata(metadata)
    except BaseException:
        _take_back(store, new)
        raise


def _put(store: BlobStore, blob: str, data: BinaryIO, new: list[str]) -> None:
    stored, is_new = store.put_new(data)
    if is_new:
        new.append(stored)
    if stored != blob:
        raise altered(f"in blobs/{blob} while it was read")


def _take_back(store: BlobStore, new: list[str]) -> None:
    """Remove what was put, but for what the metadata refers to: it may have been replaced at the very end."""
    try:
        needed = own_references(store) or set()
    except (VitrineError, OSError):
        err().print(f"Some restored files stay behind; {_CLEAN} removes them.", highlight=False)
        return
    for blob in new:
        if blob not in needed:
            with contextlib.suppress(VitrineError, OSError):
                store.delete(blob)


def _tell(manifest: Manifest, rows_before: int) -> None:
    out().print(
        f"Restored {manifest.rows} rows and {manifest.blobs} blobs, backed up at {manifest.created_at}.",
        highlight=False,
    )
    if manifest.damaged:
        err().print(f"{len(manifest.damaged)} blobs were lost before the backup: `vitrine verify` lists them.")
    if rows_before:
        err().print(f"What was stored before and is not needed any more: {_CLEAN} removes it.")
