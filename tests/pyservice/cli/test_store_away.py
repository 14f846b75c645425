"""Backup, restore and verify with blobs in a bucket."""

import shutil
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from pyservice.storage import BlobStore

from ..bucket import Bucket, free_port
from .studio_data import contents, dump_of, exported, image, loaded, user

Run = Callable[..., int]
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def url(bucket: Bucket) -> str:
    return f"{bucket.url}/{uuid4().hex}"


@pytest.fixture
def away(store: BlobStore, url: str, monkeypatch: pytest.MonkeyPatch) -> BlobStore:
    """Three blobs in a bucket, two of them pictures; the metadata is in a folder, as ever."""
    monkeypatch.setenv("VITRINE_BLOB_URL", url)
    return BlobStore(url)


@pytest.fixture
def blobs(away: BlobStore, tmp_path: Path) -> list[str]:
    put = [away.put(bytes([value]) * 50_000) for value in range(3)]
    loaded(dump_of(user("anna", "a@example.com"), image(1, put[0], put[1]), image(2, put[2])), tmp_path)
    return put


def test_e9_a_backup_of_a_bucket_comes_back_whole(
    away: BlobStore, blobs: list[str], tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, bucket: Bucket
) -> None:
    rows, files = exported(tmp_path), contents(away)
    assert run("backup", tmp_path / "backup.tar") == 0
    shutil.rmtree(tmp_path / "data")
    other = f"{bucket.url}/{uuid4().hex}"
    monkeypatch.setenv("VITRINE_BLOB_URL", other)
    assert run("restore", tmp_path / "backup.tar") == 0
    assert exported(tmp_path) == rows
    assert contents(BlobStore(other)) == files
    assert sorted(files) == sorted(blobs)
    assert run("verify") == 0


def test_a_restore_that_fails_takes_its_objects_back(
    away: BlobStore, blobs: list[str], tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, bucket: Bucket
) -> None:
    assert run("backup", tmp_path / "backup.tar") == 0
    shutil.rmtree(tmp_path / "data")
    other = f"{bucket.url}/{uuid4().hex}"
    monkeypatch.setenv("VITRINE_BLOB_URL", other)
    (tmp_path / "data/metadata.sqlite").mkdir(parents=True)
    assert run("restore", tmp_path / "backup.tar", "--force") == 1
    assert contents(BlobStore(other)) == {}


def test_verify_tells_what_is_wrong_in_a_bucket(
    away: BlobStore, blobs: list[str], url: str, run: Run, capsys: Capture
) -> None:
    assert run("verify") == 0
    assert f"{url}: 3 blobs read, 0 things wrong" in capsys.readouterr().out
    away.delete(blobs[1])
    assert run("verify") == 2
    assert blobs[1] in capsys.readouterr().out


@pytest.mark.parametrize("words", [["verify"], ["backup", "x.tar"]], ids=["verify", "backup"])
def test_a_bucket_that_does_not_answer_is_a_sentence(
    blobs: list[str], tmp_path: Path, run: Run, capsys: Capture, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
    assert run(*words) == 1
    assert "Expected the bucket pictures to answer" in capsys.readouterr().err
    assert not (tmp_path / "x.tar").exists()


def test_serve_says_at_the_start_that_it_cannot_reach_the_bucket(
    away: BlobStore, run: Run, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VITRINE_BLOB_URL", "s3://nobodys/blobs")
    assert run("serve") == 1
    said = capsys.readouterr().err
    assert "VITRINE_BLOB_URL: Expected to reach the bucket nobodys" in said
    assert "Traceback" not in said
