"""verify finds what was altered, what is gone and what does not belong."""

import os
import time
from pathlib import Path

import pytest

from pyservice.storage import BlobStore


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def store(folder: Path) -> BlobStore:
    return BlobStore(f"file://{folder}")


def test_an_untouched_store_is_fine(store: BlobStore) -> None:
    blobs = [store.put(bytes([value])) for value in range(5)]
    store.records.put("masks", "ab12", {})
    report = store.verify(blobs)
    assert report.ok
    assert report.checked == 5


def test_an_empty_store_is_fine(store: BlobStore) -> None:
    assert store.verify().checked == 0


def test_finds_one_flipped_byte(store: BlobStore) -> None:
    blobs = [store.put(os.urandom(100_000)) for _ in range(3)]
    path = store.path(blobs[1])
    assert path is not None
    data = bytearray(path.read_bytes())
    data[50_000] ^= 1
    path.write_bytes(data)
    report = store.verify(blobs)
    assert (report.flipped, report.missing, report.stray) == ((blobs[1],), (), ())


def test_finds_the_missing(store: BlobStore) -> None:
    kept, lost = store.put(b"kept"), store.put(b"lost")
    store.delete(lost)
    report = store.verify([kept, lost])
    assert (report.flipped, report.missing, report.stray) == ((), (lost,), ())


@pytest.mark.parametrize("name", ["notes.txt", "ab/cd/notes.txt", "records/masks/ab/cd12.json"])
def test_finds_strays(store: BlobStore, folder: Path, name: str) -> None:
    store.put(b"x")
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("{}")
    assert store.verify().stray == (name,)


def test_a_blob_in_the_wrong_folder_is_stray(store: BlobStore, folder: Path) -> None:
    blob = store.put(b"x")
    path = store.path(blob)
    assert path is not None
    path.rename(folder / blob)
    report = store.verify([blob])
    assert (report.stray, report.missing) == ((blob,), (blob,))


def test_only_old_temporary_files_are_strays(store: BlobStore, folder: Path) -> None:
    (folder / "tmp").mkdir(parents=True)
    (folder / "tmp/young").write_bytes(b"under way")
    (folder / "tmp/old").write_bytes(b"left by a crash")
    day_ago = time.time() - 86400
    os.utime(folder / "tmp/old", (day_ago, day_ago))
    assert store.verify().stray == ("tmp/old",)
