"""E10: what `vitrine verify` says of a studio, by the gateway's own metadata."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pyservice.storage import BlobStore

from .studio_data import dump_of, image, loaded

Run = Callable[..., int]
Capture = pytest.CaptureFixture[str]
_WRONG = ("flipped", "missing", "stray", "unreferenced")


@pytest.fixture
def verify(run: Run, capsys: Capture) -> Callable[..., dict[str, Any]]:
    """Its report."""

    def call(*arguments: str) -> dict[str, Any]:
        capsys.readouterr()
        code = run("verify", "--json", *arguments)
        report: dict[str, Any] = json.loads(capsys.readouterr().out)
        assert code == (0 if report["ok"] else 2)
        return report

    return call


@pytest.fixture
def blobs(store: BlobStore, tmp_path: Path) -> list[str]:
    """Of two images: original, thumb and version of one, original of the other; and one about to go."""
    ids = [store.put(name.encode()) for name in ("original", "thumb", "result", "other", "going")]
    rows = [
        image(1, ids[0], ids[1]),
        image(2, ids[3]),
        ("versions", {"id": "v1", "revision": 1, "image": "image1", "number": 1, "blobs": [ids[2]]}),
        ("released", {"id": ids[4], "revision": 1, "released_at": "2026"}),
    ]
    loaded(dump_of(*rows), tmp_path)
    age(store)
    return ids


def age(store: BlobStore) -> None:
    assert store.folder is not None
    for path in store.folder.rglob("*"):
        os.utime(path, (0, 0))


def file_of(store: BlobStore, blob: str) -> Path:
    path = store.path(blob)
    assert path is not None
    return path


def test_a_sound_studio_is_well(blobs: list[str], store: BlobStore, verify: Callable[..., dict[str, Any]]) -> None:
    told = verify()
    assert told.pop("store") == str(store.folder)
    assert told == {"ok": True, "checked": 5, "removed": [], "holders": {}, **{kind: [] for kind in _WRONG}}


def test_e10_flipped_lost_and_stray_are_told_apart_and_only_the_stray_goes(
    blobs: list[str], store: BlobStore, verify: Callable[..., dict[str, Any]]
) -> None:
    file_of(store, blobs[0]).write_bytes(b"Original")
    store.delete(blobs[2])
    stray = store.put(b"nobody's")
    folder = store.folder
    assert folder is not None
    (folder / "notes.txt").write_text("left here")
    age(store)
    wrong = {"flipped": [blobs[0]], "missing": [blobs[2]], "stray": ["notes.txt"], "unreferenced": [stray]}
    report = verify()
    assert {kind: report[kind] for kind in _WRONG} == wrong
    report = verify("--clean")
    assert {kind: report[kind] for kind in _WRONG} == wrong | {"stray": [], "unreferenced": []}
    assert sorted(report["removed"]) == sorted([stray, "notes.txt"])
    assert set(store.ids()) == {blobs[0], blobs[1], blobs[3], blobs[4]}


def said(run: Run, capsys: Capture, *arguments: str) -> tuple[int, str]:
    capsys.readouterr()
    code = run("verify", *arguments)
    told = capsys.readouterr()
    return code, " ".join((told.out + told.err).split())


def test_damage_is_told_by_the_names_of_pictures_and_with_what_helps(
    blobs: list[str], store: BlobStore, run: Run, capsys: Capture
) -> None:
    file_of(store, blobs[0]).write_bytes(b"Original")
    store.delete(blobs[2])
    code, told = said(run, capsys)
    assert code == 2
    assert "original: Vase 1 \ufffd für „dich“.jpg (image1)" in told
    assert "version 1: Vase 1" in told
    assert "make restore FILE=… FORCE=yes" in told
    assert "upload the photo again" in told


def test_a_fresh_stray_stays_and_the_reason_is_told(
    blobs: list[str], store: BlobStore, run: Run, capsys: Capture
) -> None:
    assert store.folder is not None
    (store.folder / "notes.txt").write_text("left here")
    code, told = said(run, capsys)
    assert code == 2
    assert "make verify CLEAN=yes" in told
    code, told = said(run, capsys, "--clean")
    assert code == 2
    assert "0 removed, 1 things wrong" in told
    assert "younger than an hour stays" in told
    age(store)
    assert said(run, capsys, "--clean")[0] == 0


def test_the_folder_that_was_looked_at_is_named(blobs: list[str], store: BlobStore, run: Run, capsys: Capture) -> None:
    assert said(run, capsys) == (0, f"{store.folder}: 5 blobs read, 0 things wrong")


def test_a_folder_that_is_not_there_is_no_sound_store(store: BlobStore, run: Run, capsys: Capture) -> None:
    for form in ([], ["--json"], ["--clean"]):
        code, told = said(run, capsys, *form)
        assert code == 1
        assert f"{store.folder}, found no such folder; VITRINE_DATA_DIR" in told
    assert store.folder is not None
    assert not store.folder.parent.exists()


def test_blobs_that_are_all_gone_are_told_by_the_metadata(
    blobs: list[str], store: BlobStore, verify: Callable[..., dict[str, Any]]
) -> None:
    assert store.folder is not None
    shutil.rmtree(store.folder)
    assert sorted(verify()["missing"]) == sorted(blobs[:4])


def test_what_was_just_uploaded_is_left_alone(
    blobs: list[str], store: BlobStore, verify: Callable[..., dict[str, Any]]
) -> None:
    fresh = store.put(b"its row is being written")
    assert verify("--clean")["ok"]
    assert store.exists(fresh)


def test_metadata_that_needs_nothing_cleans_nothing(
    blobs: list[str], store: BlobStore, tmp_path: Path, run: Run, capsys: Capture
) -> None:
    loaded(dump_of(), tmp_path)
    assert run("verify", "--clean") == 1
    assert "the metadata" in " ".join(capsys.readouterr().err.split())
    assert len([*store.ids()]) == 5


def test_without_metadata_only_damage_is_told(store: BlobStore, verify: Callable[..., dict[str, Any]]) -> None:
    store.put(b"of a processing service alone")
    age(store)
    assert verify("--clean")["ok"]
    assert len([*store.ids()]) == 1
