"""What only a bucket does: how often it is asked, links, errors, and many who share it. See test_blobs for the rest."""

import hashlib
import io
import os
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import requests

from pyservice.errors import InvalidConfig, NotFound, PreconditionFailed, StorageUnavailable
from pyservice.storage import BlobStore, blob_id, s3_files
from pyservice.storage.s3_files import S3Files

from ..bucket import Bucket, free_port

ROOT = Path(__file__).parents[3]
DATA = os.urandom(2_000_000)


@pytest.fixture
def url(bucket: Bucket) -> str:
    return f"{bucket.url}/{uuid4().hex}"


@pytest.fixture
def store(url: str) -> BlobStore:
    return BlobStore(url)


def files_of(store: BlobStore) -> S3Files:
    assert isinstance(store._files, S3Files)
    return store._files


def requests_of(bucket: Bucket, work: Callable[[], object]) -> Counter[str]:
    before = bucket.asked()
    work()
    return bucket.asked() - before


def test_asks_no_more_often_than_needed(bucket: Bucket, store: BlobStore) -> None:
    store.exists("a" * 64)  # the first call of all makes the connection
    blob = blob_id(DATA)
    assert requests_of(bucket, lambda: store.put(DATA)) == {"HEAD": 1, "PUT": 1}
    assert requests_of(bucket, lambda: store.put(io.BytesIO(DATA))) == {"HEAD": 2, "PUT": 1, "GET": 1}
    assert requests_of(bucket, lambda: store.get(blob, checked=True)) == {"GET": 1}
    assert requests_of(bucket, lambda: store.check(blob)) == {"GET": 1}
    assert requests_of(bucket, lambda: store.exists(blob)) == {"HEAD": 1}
    assert requests_of(bucket, lambda: store.exists("f" * 64)) == {"HEAD": 1}
    assert requests_of(bucket, lambda: store.link(blob, 60)) == {}
    assert requests_of(bucket, lambda: store.records.put("mask", f"{blob}-1", {})) == {"PUT": 1}
    assert requests_of(bucket, lambda: store.records.get("mask", f"{blob}-1")) == {"GET": 1}
    assert requests_of(bucket, lambda: store.delete(blob)) == {"HEAD": 1, "DELETE": 1}


def test_bytes_that_are_there_are_not_sent_again(store: BlobStore, monkeypatch: pytest.MonkeyPatch) -> None:
    blob = store.put(DATA)
    monkeypatch.setattr(S3Files, "_send", None)
    assert store.put_new(DATA) == (blob, False)


@pytest.mark.parametrize("harmed", [b"pre", b"preciouz"], ids=["truncated", "altered"])
def test_putting_again_heals_a_damaged_blob(store: BlobStore, harmed: bytes) -> None:
    blob = store.put(b"precious")
    files_of(store).replace(f"{blob[:2]}/{blob[2:4]}/{blob}", harmed)
    assert store.put_new(b"precious") == (blob, False)
    assert store.get(blob, checked=True) == b"precious"


def test_reads_parts(bucket: Bucket, store: BlobStore, monkeypatch: pytest.MonkeyPatch) -> None:
    data = os.urandom(10_000_000)
    blob = store.put(data)
    read: list[tuple[int, int]] = []
    part = S3Files._read_part

    def noted(files: S3Files, path: str, start: int, end: int) -> bytes:
        read.append((start, end))
        return part(files, path, start, end)

    monkeypatch.setattr(S3Files, "_read_part", noted)
    with store.open(blob) as stream:
        stream.seek(-1000, io.SEEK_END)
        assert stream.read() == data[-1000:]
        stream.seek(5_000_000)
        assert stream.read(10) == data[5_000_000:5_000_010]
        stream.seek(20_000_000)
        assert stream.read(10) == b""
    assert sum(end - start for start, end in read) < 5_000_000


def test_more_bytes_than_one_request_carries_appear_whole(store: BlobStore) -> None:
    data = os.urandom(1_000_000) * 101
    blob = store.put(io.BytesIO(data))
    assert store.size(blob) == len(data)
    assert store.get(blob) == data


@pytest.mark.parametrize("prefix", ["", "/"])
def test_a_bucket_needs_no_folder(bucket: Bucket, prefix: str) -> None:
    store = BlobStore(bucket.url + prefix)
    blob = store.put(uuid4().bytes)
    store.records.put("mask", f"{blob}-1", {})
    assert blob in store.ids()
    assert store.forget(blob) == []


def test_a_link_opens_the_blob_for_whoever_has_it_whole_or_in_parts(store: BlobStore) -> None:
    link = store.link(store.put(DATA), 60)
    assert link is not None
    assert requests.get(link, timeout=30).content == DATA
    part = requests.get(link, headers={"Range": "bytes=10-19"}, timeout=30)
    assert (part.status_code, part.content) == (206, DATA[10:20])


def test_a_link_says_when_it_ends_and_who_made_it_but_not_the_key(store: BlobStore) -> None:
    link = store.link("a" * 64, 60)
    assert link is not None
    assert "X-Amz-Expires=60&" in link
    assert "X-Amz-Signature=" in link
    assert "eu-central-1" in link


def test_only_buckets_have_links(tmp_path: Path, store: BlobStore) -> None:
    for other in (f"file://{tmp_path}", f"memory://{uuid4().hex}"):
        assert BlobStore(other).link("a" * 64, 60) is None
    with pytest.raises(NotFound):
        store.link("../secrets", 60)


def test_the_bucket_stays_by_the_address_of_its_server(monkeypatch: pytest.MonkeyPatch, bucket: Bucket) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://minio:9000")
    link = BlobStore("s3://pictures/blobs").link("a" * 64, 60)
    assert link is not None
    assert link.startswith(f"http://minio:9000/pictures/blobs/aa/aa/{'a' * 64}?")


def test_verify_finds_what_is_wrong_and_cleans_it(store: BlobStore) -> None:
    kept, lost = store.put(b"kept"), store.put(b"lost")
    altered = store.put(b"precious")
    store.records.put("ingested", f"{lost}-1", {"thumb": kept})
    files_of(store).replace(f"{altered[:2]}/{altered[2:4]}/{altered}", b"preciouz")
    files_of(store).replace("notes.txt", b"x")
    report = store.verify([kept, altered, "f" * 64], grace_s=-60)
    assert (report.checked, report.flipped, report.missing) == (3, (altered,), ("f" * 64,))
    assert (report.stray, report.unreferenced) == (("notes.txt",), (lost,))
    cleaned = store.verify([kept, altered], clean=True, grace_s=-60)
    assert cleaned.removed == (lost, "notes.txt")
    assert sorted(store.ids()) == sorted([kept, altered])
    assert store.records.get("ingested", f"{lost}-1") is None


def test_an_hour_protects_what_is_young(store: BlobStore) -> None:
    blob = store.put(b"young")
    assert store.verify(["f" * 64], clean=True).removed == ()
    assert store.exists(blob)


def test_a_walk_asks_by_the_folder_and_not_by_the_file(bucket: Bucket, store: BlobStore) -> None:
    blobs = sorted(store.put(bytes([value])) for value in range(40))
    folders = len({blob[:2] for blob in blobs})
    asked = requests_of(bucket, lambda: sorted(store.ids()))
    assert asked == {"GET": 1 + folders}


def test_forgetting_lists_only_the_records_of_that_blob(bucket: Bucket, store: BlobStore) -> None:
    blob = store.put(b"x")
    store.records.put("mask", f"{blob}-1", {})
    asked = requests_of(bucket, lambda: store.forget(blob))
    assert asked["GET"] == 3  # the kinds, the names of one kind, the record


class Removing:
    """Holds a removal between its look and its deed, as a slow network does."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.looked, self.go_on = threading.Event(), threading.Event()
        files = s3_files.S3Files
        removed = files._removed

        def slow(files: S3Files, path: str, before_s: float) -> bool:
            facts = files._facts

            def noted(asked: str) -> Any:
                told = facts(asked)
                self.looked.set()
                assert self.go_on.wait(30)
                return told

            files._facts = noted  # type: ignore[method-assign]
            return removed(files, path, before_s)

        monkeypatch.setattr(files, "_removed", slow)


@pytest.mark.parametrize("streamed", [True, False])
def test_a_blob_stored_while_another_machine_removes_it_is_there_afterwards(
    url: str, monkeypatch: pytest.MonkeyPatch, streamed: bool
) -> None:
    ours, theirs = BlobStore(url), BlobStore(url)
    blob = ours.put(b"precious")
    removing = Removing(monkeypatch)
    remover = threading.Thread(target=lambda: theirs.delete(blob, before_s=time.time() + 60))
    remover.start()
    assert removing.looked.wait(30)
    stored: list[str] = []
    writer = threading.Thread(
        target=lambda: stored.append(ours.put(io.BytesIO(b"precious") if streamed else b"precious"))
    )
    writer.start()
    writer.join(0.3)
    assert stored == []
    removing.go_on.set()
    remover.join()
    writer.join()
    assert stored == [blob]
    assert ours.get(blob) == b"precious"
    assert ours.verify(grace_s=-60).ok


def test_a_blob_that_others_keep_removing_is_given_up(store: BlobStore, monkeypatch: pytest.MonkeyPatch) -> None:
    blob = store.put(b"precious")
    files, send = files_of(store), S3Files._send
    sent: list[str] = []

    def removed_right_after(files: S3Files, path: str, data: bytes) -> None:
        send(files, path, data)
        sent.append(path)
        files.remove(path)

    monkeypatch.setattr(S3Files, "_renewed", lambda _files, _path: False)
    monkeypatch.setattr(S3Files, "_send", removed_right_after)
    with pytest.raises(StorageUnavailable, match="removed 5 times"):
        files.write([b"precious"], lambda: f"{blob[:2]}/{blob[2:4]}/{blob}")
    assert len(sent) == 5


def test_what_is_touched_is_young(store: BlobStore) -> None:
    blob = store.put(b"known")
    between_s = time.time()
    assert store.touch(blob)
    with pytest.raises(PreconditionFailed):
        store.delete(blob, before_s=between_s)
    assert not store.touch("f" * 64)
    assert store.verify(grace_s=-60).ok


def test_many_threads_share_it(store: BlobStore) -> None:
    def put() -> None:
        blobs.append(store.put(DATA))
        assert store.get(blobs[-1]) == DATA

    blobs: list[str] = []
    threads = [threading.Thread(target=put) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert blobs == [hashlib.sha256(DATA).hexdigest()] * 8


def test_a_fork_goes_on_with_connections_of_its_own(store: BlobStore) -> None:
    before = store.put(b"before the fork")
    child = os.fork()
    if child == 0:
        try:
            fine = store.get(before) == b"before the fork" and store.put(b"from the child") != before
            os._exit(0 if fine else 1)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert store.get(blob_id(b"from the child")) == b"from the child"


def test_a_process_of_its_own_finds_it_by_the_environment(bucket: Bucket, store: BlobStore, url: str) -> None:
    blob = store.put(b"x")
    code = f"from pyservice.storage import BlobStore; print(BlobStore({url!r}).get({blob!r}))"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "b'x'"


def everything_of(store: BlobStore) -> list[Callable[[], object]]:
    blob = "a" * 64
    return [
        lambda: store.put(b"x"),
        lambda: store.put(io.BytesIO(b"x")),
        lambda: store.get(blob),
        lambda: store.open(blob),
        lambda: store.exists(blob),
        lambda: store.touch(blob),
        lambda: store.delete(blob),
        lambda: store.delete(blob, before_s=0),
        lambda: store.records.put("mask", "ab12", {}),
        lambda: store.records.get("mask", "ab12"),
        lambda: store.records.forget(blob),
        lambda: list(store.ids()),
        lambda: store.check_writable(),
    ]


def test_a_server_that_is_away_is_told_as_such(
    store: BlobStore, monkeypatch: pytest.MonkeyPatch, bucket: Bucket
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
    for work in everything_of(BlobStore("s3://pictures/blobs")):
        with pytest.raises(StorageUnavailable, match=r"bucket pictures to answer, received: EndpointConn"):
            work()


def test_a_server_that_never_answers_is_told_as_such(monkeypatch: pytest.MonkeyPatch, bucket: Bucket) -> None:
    monkeypatch.setattr(s3_files, "_CONFIG", {**s3_files._CONFIG, "read_timeout": 0.2})
    with socket.create_server(("127.0.0.1", 0)) as mute:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{mute.getsockname()[1]}")
        silent = BlobStore("s3://pictures/blobs")
        for work in (lambda: silent.get("a" * 64), lambda: silent.put(b"x")):
            with pytest.raises(StorageUnavailable, match="Timeout"):
                work()


@pytest.mark.parametrize(
    ("bucket_name", "variables", "said"),
    [
        ("nobodys", {}, "bucket nobodys.*404"),
        ("pictures", {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, "AWS_ENDPOINT_URL.*connect"),
        ("pictures", {"AWS_ENDPOINT_URL": "127.0.0.1:9"}, "Invalid endpoint"),
        ("pictures", {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}, "AWS_ACCESS_KEY_ID.*credentials"),
    ],
)
def test_a_bucket_that_does_not_let_us_in_is_a_bad_setting(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch, bucket_name: str, variables: dict[str, str], said: str
) -> None:
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(InvalidConfig, match=f"(?i)VITRINE_BLOB_URL.*{said}"):
        BlobStore(f"s3://{bucket_name}/blobs").check_reachable()


def test_a_bucket_that_lets_us_in_is_fine(store: BlobStore) -> None:
    store.check_reachable()
    store.check_writable()
    assert list(files_of(store).walk()) == []


def test_a_bucket_that_is_gone_is_not_called_a_missing_blob(bucket: Bucket) -> None:
    gone = BlobStore("s3://nobodys/blobs")
    for work in (lambda: gone.get("a" * 64), lambda: gone.put(b"x"), gone.check_writable):
        with pytest.raises(StorageUnavailable, match="nobodys"):
            work()
