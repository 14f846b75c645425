"""Originals come in with a thumb, and are not decoded twice."""

import io
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from skimage import data as photos

from pyservice.errors import ImageTooLarge
from pyservice.imaging import Decoded, Limits, Sandbox
from pyservice.jobs.ingesting import Ingester
from pyservice.jobs.lent import Lent
from pyservice.jobs.memory import Memory
from pyservice.jobs.results import Ingested
from pyservice.storage import BlobStore


class CountingSandbox(Sandbox):
    """Knows how often it had to decode."""

    decodes = 0

    def decode(self, data: bytes, max_px: int | None = None) -> Decoded:
        self.decodes += 1
        return super().decode(data, max_px)


@pytest.fixture
def sandbox() -> Iterator[CountingSandbox]:
    with CountingSandbox(Limits(), workers=1) as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> BlobStore:
    return BlobStore(f"file://{tmp_path}/store")


@pytest.fixture
def ingester(store: BlobStore, sandbox: Sandbox) -> Ingester:
    return Ingester(store, Memory(store, Lent()), sandbox, Limits())


@pytest.fixture(scope="module")
def photo() -> bytes:
    file = io.BytesIO()
    Image.fromarray(np.tile(photos.coffee(), (2, 2, 1))).save(file, "JPEG")
    return file.getvalue()


def taken_in(ingester: Ingester, data: bytes) -> Ingested:
    return ingester.keep(ingester.prove(data))


def file_of(store: BlobStore, blob: str) -> Path:
    path = store.path(blob)
    assert path is not None
    return path


def test_an_original_comes_with_a_thumb(ingester: Ingester, store: BlobStore, photo: bytes) -> None:
    done = taken_in(ingester, photo)
    assert store.get(done.blob) == photo
    assert Image.open(io.BytesIO(store.get(done.thumb))).size == (512, 341)
    assert 20 < len(done.thumbhash) < 40


def test_known_bytes_are_answered_without_decoding(
    ingester: Ingester, store: BlobStore, sandbox: CountingSandbox, photo: bytes
) -> None:
    first, second = taken_in(ingester, photo), taken_in(ingester, photo)
    assert sandbox.decodes == 1
    assert (first.created, second.created) == (True, False)
    assert first.model_dump(exclude={"created"}) == second.model_dump(exclude={"created"})


@pytest.mark.parametrize("which", ["blob", "thumb"])
@pytest.mark.parametrize("harm", ["deleted", "altered"])
def test_what_was_harmed_is_healed(
    ingester: Ingester, store: BlobStore, sandbox: CountingSandbox, photo: bytes, which: str, harm: str
) -> None:
    first = taken_in(ingester, photo)
    path = file_of(store, getattr(first, which))
    data = path.read_bytes()
    path.unlink() if harm == "deleted" else path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    again = taken_in(ingester, photo)
    assert (again.blob, again.thumb) == (first.blob, first.thumb)
    assert sandbox.decodes == 2
    assert path.read_bytes() == data


def test_what_was_altered_is_healed_where_nothing_is_remembered(
    ingester: Ingester, store: BlobStore, photo: bytes
) -> None:
    first = taken_in(ingester, photo)
    store.records.forget(first.blob)
    for blob in (first.blob, first.thumb):
        path = file_of(store, blob)
        path.write_bytes(bytes(path.stat().st_size))
    taken_in(ingester, photo)
    assert store.get(first.blob) == photo
    store.get(first.thumb, checked=True)


def test_known_bytes_are_young_again_with_their_thumb(ingester: Ingester, store: BlobStore, photo: bytes) -> None:
    done = taken_in(ingester, photo)
    for blob in (done.blob, done.thumb):
        os.utime(file_of(store, blob), (0, 0))
    taken_in(ingester, photo)
    assert all(file_of(store, blob).stat().st_mtime > 0 for blob in (done.blob, done.thumb))


def test_other_limits_look_again(ingester: Ingester, store: BlobStore, photo: bytes) -> None:
    taken_in(ingester, photo)
    strict = Limits(max_pixels=1000)
    with Sandbox(strict, workers=1) as sandbox, pytest.raises(ImageTooLarge):
        taken_in(Ingester(store, Memory(store, Lent()), sandbox, strict), photo)


def test_works_where_blobs_are_not_on_this_disk(sandbox: CountingSandbox, photo: bytes) -> None:
    store = BlobStore("memory://ingesting")
    ingester = Ingester(store, Memory(store, Lent()), sandbox, Limits())
    assert [taken_in(ingester, photo).created for _ in range(2)] == [True, False]
    assert sandbox.decodes == 1
