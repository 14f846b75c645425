"""The store keeps bytes by their sha256, whole or not at all; every promise is run on each kind of place."""

import errno
import hashlib
import io
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pyservice.errors import CorruptBlob, InvalidConfig, NotFound, PreconditionFailed, StorageFull
from pyservice.storage import BlobStore
from pyservice.storage.local_files import LocalFiles

ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def local(folder: Path) -> BlobStore:
    return BlobStore(f"file://{folder}")


def files_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(data=st.binary(max_size=5000), streamed=st.booleans())
def test_gives_back_what_was_put(store: BlobStore, data: bytes, streamed: bool) -> None:
    blob = store.put(io.BytesIO(data) if streamed else data)
    assert blob == hashlib.sha256(data).hexdigest()
    assert store.get(blob, checked=True) == data
    assert store.size(blob) == len(data)
    assert store.exists(blob)


def test_opens_a_seekable_stream(store: BlobStore) -> None:
    with store.open(store.put(b"0123456789")) as stream:
        stream.seek(4)
        assert stream.read(3) == b"456"


def test_keeps_the_same_bytes_once(store: BlobStore) -> None:
    first = store.put(b"same")
    assert store.put(io.BytesIO(b"same")) == first
    assert list(store.ids()) == [first]


@pytest.mark.parametrize("streamed", [True, False])
def test_tells_new_bytes_from_known_ones(store: BlobStore, streamed: bool) -> None:
    def data() -> bytes | io.BytesIO:
        return io.BytesIO(b"seen") if streamed else b"seen"

    assert [store.put_new(data())[1] for _ in range(3)] == [True, False, False]


def test_lays_blobs_out_by_their_first_digits(local: BlobStore, folder: Path) -> None:
    blob = local.put(b"x")
    assert files_in(folder) == [f"{blob[:2]}/{blob[2:4]}/{blob}"]
    assert local.path(blob) == folder / blob[:2] / blob[2:4] / blob


def test_has_no_path_where_blobs_are_not_on_this_disk() -> None:
    store = BlobStore(f"memory://{uuid4().hex}")
    assert store.path(store.put(b"x")) is None


def test_deletes_once(store: BlobStore) -> None:
    blob = store.put(b"x")
    assert store.delete(blob)
    assert not store.delete(blob)
    assert not store.exists(blob)


@pytest.mark.parametrize(
    "name",
    ["", "../" * 4 + "etc/passwd", "A" * 64, "g" * 64, "a" * 63, "a" * 64 + "\n", "a" * 64 + "/..", "f" * 64],
)
def test_finds_nothing_under_other_names(store: BlobStore, name: str) -> None:
    assert not store.exists(name)
    for ask in (store.get, store.open, store.size, store.path):
        with pytest.raises(NotFound):
            ask(name)


def test_says_when_bytes_no_longer_match_their_name(local: BlobStore) -> None:
    blob = local.put(b"precious")
    path = local.path(blob)
    assert path is not None
    path.write_bytes(b"preciouz")
    with pytest.raises(CorruptBlob, match=blob):
        local.get(blob, checked=True)


@pytest.mark.parametrize("harmed", [b"pre", b"preciouz"], ids=["truncated", "altered"])
@pytest.mark.parametrize("streamed", [True, False])
def test_putting_again_heals_a_damaged_blob(local: BlobStore, streamed: bool, harmed: bytes) -> None:
    blob = local.put(b"precious")
    local.check(blob)
    path = local.path(blob)
    assert path is not None
    path.write_bytes(harmed)
    assert local.put_new(io.BytesIO(b"precious") if streamed else b"precious") == (blob, False)
    assert local.get(blob, checked=True) == b"precious"


@pytest.mark.parametrize("streamed", [True, False])
def test_putting_again_reads_a_sound_file_at_most_once(
    local: BlobStore, monkeypatch: pytest.MonkeyPatch, streamed: bool
) -> None:
    read = hashlib.file_digest
    reads = 0

    def counted(*given: Any) -> Any:
        nonlocal reads
        reads += 1
        return read(*given)

    monkeypatch.setattr(hashlib, "file_digest", counted)
    for _ in range(4):
        local.put(io.BytesIO(b"precious") if streamed else b"precious")
    assert reads == 1


def test_many_threads_may_put_the_same_bytes(local: BlobStore, folder: Path) -> None:
    data = os.urandom(3_000_000)
    barrier = threading.Barrier(8)
    blobs: list[str] = []

    def put() -> None:
        barrier.wait()
        blobs.append(local.put(io.BytesIO(data)))

    threads = [threading.Thread(target=put) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(blobs) == {hashlib.sha256(data).hexdigest()}
    assert len(blobs) == 8
    assert len(files_in(folder)) == 1
    assert local.verify(blobs).ok


class BreakingStream(io.RawIOBase):
    """A connection that dies after its first megabyte."""

    def __init__(self) -> None:
        self.reads = 0

    def read(self, size: int = -1) -> bytes:
        self.reads += 1
        if self.reads > 1:
            raise ConnectionResetError("the other side hung up")
        return b"x" * size


def test_a_stream_that_breaks_leaves_nothing(store: BlobStore) -> None:
    with pytest.raises(ConnectionResetError):
        store.put(BreakingStream())  # type: ignore[arg-type]  # what a socket gives: raw, not BinaryIO
    assert list(store.ids()) == []
    assert store.verify(grace_s=-60).ok


def test_a_process_killed_while_it_writes_leaves_nothing_visible(local: BlobStore, folder: Path) -> None:
    code = f"import sys; from pyservice.storage import BlobStore; BlobStore('file://{folder}').put(sys.stdin.buffer)"
    writer = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, cwd=ROOT)
    assert writer.stdin is not None
    writer.stdin.write(bytes(3_000_000))
    writer.stdin.flush()
    while not files_in(folder):
        assert writer.poll() is None
    writer.kill()
    writer.wait()
    writer.stdin.close()
    assert list(local.ids()) == []
    (left,) = local.verify(grace_s=-60).stray
    assert left.startswith("tmp/")


def test_a_full_disk_leaves_nothing(local: BlobStore, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    # Many file systems reserve room lazily and say so at fsync.
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFull):
        local.put(b"x" * 100)
    assert files_in(folder) == []


def test_other_disk_errors_are_not_called_full(local: BlobStore, folder: Path) -> None:
    folder.write_bytes(b"a file where the store's folder should be")
    with pytest.raises(NotADirectoryError):
        local.put(b"x")


def test_writability_check_leaves_nothing(local: BlobStore, folder: Path) -> None:
    local.check_writable()
    assert files_in(folder) == []


@pytest.mark.parametrize("url", ["s3://", "foo://x", "zip://x"])
def test_a_url_that_nothing_here_can_open_is_a_bad_setting(url: str) -> None:
    with pytest.raises(InvalidConfig, match=r"VITRINE_BLOB_URL.*received"):
        BlobStore(url)


def test_a_check_finds_what_was_altered_and_reads_what_was_not_only_once(store: BlobStore) -> None:
    blob = store.put(b"precious")
    store.check(blob)
    store.check(blob)
    with pytest.raises(NotFound):
        store.check("f" * 64)
    path = store.path(blob)
    if path is not None:
        path.write_bytes(b"preciouz")
        with pytest.raises(CorruptBlob, match=blob):
            store.check(blob)


def age_by(store: BlobStore, blob: str, seconds: float) -> None:
    path = store.path(blob)
    assert path is not None
    then = time.time() - seconds
    os.utime(path, (then, then))


def modified_s(store: BlobStore, blob: str) -> float:
    (found,) = (file for file in store._files.walk() if file.path.endswith(blob))
    return found.modified_s


@pytest.mark.parametrize("streamed", [True, False])
def test_storing_known_bytes_makes_them_young(store: BlobStore, streamed: bool) -> None:
    blob = store.put(b"known")
    between_s = time.time()
    store.put(io.BytesIO(b"known") if streamed else b"known")
    assert modified_s(store, blob) >= between_s
    with pytest.raises(PreconditionFailed):
        store.delete(blob, before_s=between_s)
    assert store.exists(blob)


def test_what_is_older_than_asked_for_is_deleted(store: BlobStore) -> None:
    blob = store.put(b"old")
    assert store.delete(blob, before_s=time.time() + 1)
    assert not store.delete(blob, before_s=0)


def test_a_touch_after_a_deletion_brings_the_whole_blob_back(local: BlobStore, monkeypatch: pytest.MonkeyPatch) -> None:
    blob = local.put(b"precious")
    size = LocalFiles.size

    def deleted_right_after(files: LocalFiles, path: str) -> int | None:
        found = size(files, path)
        files.remove(path)
        return found

    monkeypatch.setattr(LocalFiles, "size", deleted_right_after)
    local.put(b"precious")
    monkeypatch.undo()
    assert local.get(blob, checked=True) == b"precious"


def test_a_touch_in_the_middle_of_a_deletion_wins(local: BlobStore, monkeypatch: pytest.MonkeyPatch) -> None:
    blob = local.put(b"precious")
    age_by(local, blob, 100)
    rename = os.rename

    def touched_right_before(source: Path, target: Path) -> None:
        assert local.touch(blob)
        rename(source, target)

    monkeypatch.setattr(os, "rename", touched_right_before)
    with pytest.raises(PreconditionFailed):
        local.delete(blob, before_s=time.time() - 50)
    assert local.get(blob, checked=True) == b"precious"
    assert local.verify(grace_s=-60).ok


def test_a_touch_does_not_make_a_sound_file_be_read_again(local: BlobStore, monkeypatch: pytest.MonkeyPatch) -> None:
    blob = local.put(b"precious")
    local.check(blob)
    local.put(b"precious")
    with monkeypatch.context() as patched:
        patched.setattr(hashlib, "file_digest", None)
        local.check(blob)


def test_a_touch_does_not_make_an_altered_file_sound(local: BlobStore) -> None:
    blob = local.put(b"precious")
    local.check(blob)
    path = local.path(blob)
    assert path is not None
    path.write_bytes(b"preciouz")
    assert local.touch(blob)
    with pytest.raises(CorruptBlob):
        local.check(blob)


def test_forgets_a_blob_with_its_records(store: BlobStore) -> None:
    source, derived = store.put(b"source"), store.put(b"derived")
    store.records.put("result", f"{source}-ab", {"blob": derived, "mask": "f" * 64})
    assert store.forget(source) == [derived]
    assert not store.exists(source)
    assert store.records.get("result", f"{source}-ab") is None
    with pytest.raises(NotFound):
        store.forget(source)


def test_forgets_records_of_a_blob_that_is_gone(store: BlobStore) -> None:
    source = store.put(b"source")
    store.records.put("result", f"{source}-ab", {})
    store.delete(source)
    assert store.forget(source) == []


def test_a_refused_deletion_forgets_nothing(store: BlobStore) -> None:
    source = store.put(b"source")
    store.records.put("result", f"{source}-ab", {})
    with pytest.raises(PreconditionFailed):
        store.forget(source, before_s=time.time() - 60)
    assert store.exists(source)
    assert store.records.get("result", f"{source}-ab") == {}
