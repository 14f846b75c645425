"""verify finds what was altered, what is gone and what does not belong."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pyservice.storage import BlobStore
from pyservice.storage.files import FoundFile
from pyservice.storage.local_files import LocalFiles


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


def make_old(folder: Path) -> None:
    day_ago = time.time() - 86400
    for path in folder.rglob("*"):
        os.utime(path, (day_ago, day_ago))


def test_finds_what_nobody_refers_to(store: BlobStore, folder: Path) -> None:
    kept, lost = store.put(b"kept"), store.put(b"lost")
    make_old(folder)
    young = store.put(b"young")
    report = store.verify([kept])
    assert report.unreferenced == (lost,)
    assert not report.ok
    assert store.verify().ok
    assert store.verify([kept, lost, young]).ok


def test_what_records_about_the_needed_name_is_needed(store: BlobStore, folder: Path) -> None:
    original, result, thumb, dropped, its_thumb = (store.put(bytes([value])) for value in range(5))
    store.records.put("result", f"{original}-1", {"blob": result})
    store.records.put("ingested", f"{result}-1", {"thumb": thumb})
    store.records.put("ingested", f"{dropped}-1", {"thumb": its_thumb})
    make_old(folder)
    assert store.verify([original]).unreferenced == tuple(sorted([dropped, its_thumb]))


def test_what_records_about_originals_elsewhere_name_is_needed(store: BlobStore, folder: Path) -> None:
    result, other = store.put(b"result"), store.put(b"other")
    store.records.put("result", f"{'a' * 64}-1", {"blob": result})
    store.records.put("processed", "ab12", {"blob": other})
    make_old(folder)
    assert store.verify([]).ok


def test_cleans_what_is_stray_or_unreferenced_and_old(store: BlobStore, folder: Path) -> None:
    kept, lost, thumb = store.put(b"kept"), store.put(b"lost"), store.put(b"thumb")
    store.records.put("ingested", f"{lost}-1", {"thumb": thumb})
    (folder / "old.txt").write_text("x")
    make_old(folder)
    young = store.put(b"young")
    (folder / "young.txt").write_text("x")
    report = store.verify([kept], clean=True)
    assert report.removed == (*sorted([lost, thumb]), "old.txt")
    assert (report.unreferenced, report.stray) == ((), ("young.txt",))
    assert set(store.ids()) == {kept, young}
    assert store.records.get("ingested", f"{lost}-1") is None


def test_cleaning_by_no_list_leaves_every_blob(store: BlobStore, folder: Path) -> None:
    blob = store.put(b"x")
    make_old(folder)
    assert store.verify(clean=True).removed == ()
    assert store.exists(blob)


def test_an_altered_blob_that_nobody_needs_is_cleaned_and_no_longer_wrong(store: BlobStore, folder: Path) -> None:
    blob = store.put(b"precious")
    path = store.path(blob)
    assert path is not None
    path.write_bytes(b"preciouz")
    make_old(folder)
    assert store.verify(["f" * 64]).flipped == (blob,)
    report = store.verify(["f" * 64], clean=True)
    assert (report.flipped, report.missing, report.removed) == ((), ("f" * 64,), (blob,))


def test_what_is_touched_while_it_is_looked_at_stays(
    store: BlobStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blob = store.put(b"x")
    make_old(folder)
    walk = LocalFiles.walk

    def touched_afterwards(files: LocalFiles) -> Iterator[FoundFile]:
        yield from walk(files)
        store.put(b"x")

    monkeypatch.setattr(LocalFiles, "walk", touched_afterwards)
    report = store.verify([], clean=True)
    assert (report.unreferenced, report.removed) == ((blob,), ())
    assert store.exists(blob)
