"""What tests of several packages share: the real weights, where they are installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pyservice.config import load_settings
from pyservice.jobs import Engine
from pyservice.models import Sessions, weights_table
from pyservice.storage import BlobStore


@pytest.fixture(scope="session")
def models_dir() -> Path:
    """The folder with the weights; tests that need them skip where `make models` has not run."""
    folder = load_settings().models_dir
    missing = [row.id for row in weights_table().values() if not row.installed(folder)]
    if missing:
        pytest.skip(f"the weights {', '.join(missing)} are not installed: run `make models`")
    return folder


@pytest.fixture(scope="session")
def sessions(models_dir: Path) -> Sessions:
    """The real networks, loaded once for all tests."""
    return Sessions(models_dir)


@pytest.fixture
def engine(models_dir: Path, tmp_path: Path) -> Iterator[Engine]:
    """A real engine with a store of its own."""
    engine = Engine(load_settings(), BlobStore(f"file://{tmp_path}/blobs"))
    yield engine
    engine.close()
