"""Large uploads on their way: a file without a name, which is gone with whoever holds it."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from pyservice.errors import StorageFull

# Left free for everybody else who writes to this disk.
_RESERVE_BYTES = 200_000_000
_LOOK_AGAIN_BYTES = 16_000_000


@contextmanager
def spooled(chunks: Iterator[bytes], folder: Path, announced_bytes: int) -> Iterator[BinaryIO]:
    """The chunks in a file of this folder. Whatever happens, also to this process, nothing of it stays behind.

    announced_bytes: what is to come, 0 where nobody knows. Raises StorageFull before the disk is full, and what the
    chunks raise.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    _check_room(folder, announced_bytes)
    # Closing writes what is still in memory, too.
    with _needing_room(), tempfile.TemporaryFile(dir=folder) as file:
        unlooked_bytes = 0
        for chunk in chunks:
            unlooked_bytes += len(chunk)
            if unlooked_bytes > _LOOK_AGAIN_BYTES:
                _check_room(folder, unlooked_bytes)
                unlooked_bytes = 0
            file.write(chunk)
        file.seek(0)
        yield cast("BinaryIO", file)


def _check_room(folder: Path, needed_bytes: int) -> None:
    free_bytes = shutil.disk_usage(folder).free
    if free_bytes < needed_bytes + _RESERVE_BYTES:
        raise StorageFull(
            f"Expected room for the upload and {_RESERVE_BYTES:,} bytes more on the disk, {free_bytes:,} bytes are free"
        )


@contextmanager
def _needing_room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise StorageFull("Expected room for the upload, the disk or its quota is full") from error
