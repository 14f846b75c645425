"""The folder of everything Vitrine writes, and who may run on it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyservice.config import Settings
from pyservice.errors import InvalidRequest

LOCK = "up.lock"


def shown_folder(settings: Settings) -> str:
    """The data folder as people find it, wherever they are."""
    return str(settings.data_dir.absolute())


@contextmanager
def alone_on(data_dir: Path) -> Iterator[None]:
    """Held by whoever runs everything on the folder, or replaces what is in it; made where there is none.

    Raises InvalidRequest where somebody else holds it. The system lets go of it however the holder ends.
    """
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(data_dir / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip()
            raise InvalidRequest(
                f"Expected nobody else to run Vitrine on the folder {data_dir}, process {holder} does: stop it first"
            ) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)
