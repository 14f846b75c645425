"""An engine for one command: settings from the environment, masks and results kept where they are asked for."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyservice.jobs import Engine


@contextmanager
def engine_in(out: Path | None, workers: int) -> Iterator[Engine]:
    """An engine that works on `workers` pictures side by side and remembers in `out`/.vitrine.

    Without `out` it remembers nothing beyond the block. Raises InvalidConfig and InvalidRequest.
    """
    from pyservice.jobs.placed import STORE

    if out is not None:
        with _engine(_folder(out) / STORE, workers) as engine:
            yield engine
        return
    with tempfile.TemporaryDirectory(prefix="vitrine-") as folder, _engine(Path(folder), workers) as engine:
        yield engine


@contextmanager
def _engine(store: Path, workers: int) -> Iterator[Engine]:
    from pyservice.config import load_settings
    from pyservice.jobs import Engine
    from pyservice.logs import configure

    given = load_settings()
    configure(given.model_copy(update={"log_level": "warning", "log_format": "console"}))
    url = f"file://{store.absolute()}"
    engine = Engine(given.model_copy(update={"blob_url": url, "concurrency": workers}), streams=workers)
    try:
        yield engine
    finally:
        engine.close()


def _folder(out: Path) -> Path:
    from pyservice.errors import InvalidRequest

    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidRequest(f"Expected a folder that can be written, received {out}: {error}") from None
    return out


def worker_count(asked: int | None) -> int:
    """As many as were asked for, or one per core."""
    from pyservice.config import cores

    return asked or cores()
