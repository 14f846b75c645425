"""What `vitrine backup` does: everything that matters into one file, which is there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pyservice.cli.archive import ArchiveWriter, Manifest
from pyservice.cli.consoles import err, out, shown, table
from pyservice.cli.data_folder import shown_folder
from pyservice.cli.exits import DONE, SOME_FAILED
from pyservice.cli.metadata import Dump, export_metadata, read_dump
from pyservice.config import load_settings
from pyservice.errors import CorruptBlob, InvalidRequest, NotFound, VitrineError
from pyservice.storage import BlobStore
from pyservice.storage.local_files import sync_folder


def back_up(path: Path, *, allow_damaged: bool) -> int:
    """Write the archive; 2 where it lacks blobs that were damaged before. Raises what keeps it from being made."""
    if path.is_dir() or not path.parent.is_dir():
        raise InvalidRequest(f"Expected the name of a file in a folder that exists, received {path}")
    settings = load_settings()
    store = BlobStore(settings.blob_url)
    with tempfile.TemporaryFile(dir=path.parent) as metadata, appearing(path) as file:
        if not export_metadata(metadata):
            folder = shown_folder(settings)
            raise NotFound(f"Expected metadata to back up, found none: has Vitrine ever run on the folder {folder}?")
        size = metadata.seek(0, os.SEEK_END)
        metadata.seek(0)
        dump = read_dump(metadata)
        metadata.seek(0)
        writer = ArchiveWriter(file)
        writer.add_metadata(metadata, size)
        damaged = _add_blobs(writer, store, dump, allow_damaged=allow_damaged)
        manifest = writer.finish(dump.sha256, dump.rows, damaged)
    _tell(path, manifest, shown_folder(settings))
    return SOME_FAILED if damaged else DONE


def _add_blobs(writer: ArchiveWriter, store: BlobStore, dump: Dump, *, allow_damaged: bool) -> list[str]:
    """Those that could not be added."""
    damaged = []
    for blob in sorted(dump.references):
        try:
            data = store.get(blob, checked=True)
        except (NotFound, CorruptBlob) as error:
            if not allow_damaged:
                raise _hinted(error) from None
            damaged.append(blob)
        else:
            writer.add_blob(blob, data)
    return damaged


def _hinted(error: VitrineError) -> VitrineError:
    return type(error)(
        f"{error.message}. `vitrine verify` lists all damage; --allow-damaged (make: ALLOW_DAMAGED=yes) "
        "backs up the rest"
    )


@contextmanager
def appearing(path: Path) -> Iterator[BinaryIO]:
    """A file to write that only its owner may read. It gets its name once it is whole and on the disk."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
        sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)


def _tell(path: Path, manifest: Manifest, folder: str) -> None:
    megabytes = path.stat().st_size / 1e6
    out().print(
        f"{shown(str(path))}: {manifest.rows} rows, {manifest.blobs} blobs, {megabytes:.1f} MB, "
        f"of the folder {shown(folder)}",
        highlight=False,
        soft_wrap=True,
    )
    if manifest.damaged:
        rows = table("Lost or altered before, and not in the backup")
        for blob in manifest.damaged:
            rows.add_row(blob)
        err().print(rows)
