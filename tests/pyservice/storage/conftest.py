"""Each kind of place that a store can live in."""

from pathlib import Path
from uuid import uuid4

import pytest

from pyservice.storage import BlobStore


@pytest.fixture(params=["file", "memory", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> BlobStore:
    if request.param == "s3":
        return BlobStore(f"{request.getfixturevalue('bucket').url}/{uuid4().hex}")
    return BlobStore(f"file://{tmp_path}/store" if request.param == "file" else f"memory://{uuid4().hex}")
