"""Put finished files where people look for them: whole, or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from pyservice.errors import StorageFull


def place_bytes(data: bytes, target: Path) -> None:
    """Write a file that appears at once, in the place of an older one. Raises StorageFull."""

    def write(temp: Path) -> None:
        with temp.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    _place(write, target)


def place_link(stored: Path, data: bytes, target: Path) -> None:
    """Give a stored file a second name; where the file system cannot, write its bytes. Raises StorageFull."""
    if target.exists() and target.samefile(stored):
        return
    try:
        _place(lambda temp: os.link(stored, temp), target)
    except OSError:
        place_bytes(data, target)


def _place(make: Callable[[Path], None], target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    temp = target.with_name(f".{uuid4().hex}.part")
    try:
        make(temp)
        os.replace(temp, target)
    except OSError as error:
        raise _named(error, target) from error
    finally:
        temp.unlink(missing_ok=True)


def _named(error: OSError, target: Path) -> OSError | StorageFull:
    if error.errno not in (errno.ENOSPC, errno.EDQUOT):
        return error
    return StorageFull(f"Expected room for {target.name}, the disk or its quota is full")
