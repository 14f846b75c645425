"""Put finished files where people look for them: whole, or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from pyservice.errors import StorageFull

# A stored file and the one name that people see it under.
_ONE_RESULT = 2


def place_bytes(data: bytes, target: Path) -> None:
    """Write a file that appears at once, in the place of an older one, unless it is there. Raises StorageFull."""
    if not _holds(target, data):
        _write(data, target)


def place_link(stored: Path, data: bytes, target: Path) -> None:
    """Give a stored file a second name; where it has one already, or the file system cannot, write its bytes.

    One result, one file: writing into one picture must never change another. Raises StorageFull.
    """
    if target.exists() and target.samefile(stored) and stored.stat().st_nlink <= _ONE_RESULT:
        return

    def link(temp: Path) -> None:
        os.link(stored, temp)
        # Asked afterwards, so that of two who link at once neither goes unseen.
        if stored.stat().st_nlink > _ONE_RESULT:
            raise FileExistsError(errno.EEXIST, "the stored file has another name already", str(stored))

    try:
        _place(link, target)
    except OSError:
        shared = target.exists() and stored.exists() and target.samefile(stored)
        (_write if shared else place_bytes)(data, target)


def _write(data: bytes, target: Path) -> None:
    def write(temp: Path) -> None:
        with temp.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    _place(write, target)


def _holds(target: Path, data: bytes) -> bool:
    return target.is_file() and target.stat().st_size == len(data) and target.read_bytes() == data


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
