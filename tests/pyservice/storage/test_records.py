"""Records are kept by kind and key, and found by the source that their key begins with."""

from pathlib import Path

import pytest

from pyservice.storage import BlobStore
from pyservice.storage.records import named_blobs, source_of

A, B = "a" * 64, "b" * 64


def test_keeps_records_by_kind_and_key(store: BlobStore) -> None:
    store.records.put("masks", "ab12", {"blob": "é", "fill": 0.85})
    store.records.put("masks", "ab12", {"blob": "é", "fill": 0.9})
    assert store.records.get("masks", "ab12") == {"blob": "é", "fill": 0.9}
    assert store.records.get("renders", "ab12") is None
    assert list(store.ids()) == []
    assert store.verify().ok


def test_a_half_written_record_counts_as_none(tmp_path: Path) -> None:
    local, folder = BlobStore(f"file://{tmp_path}"), tmp_path
    local.records.put("masks", "ab12", {"blob": "x"})
    (folder / "records/masks/ab/ab12.json").write_text('{"blob": ')
    assert local.records.get("masks", "ab12") is None


@pytest.mark.parametrize(("kind", "key"), [("../x", "ab12"), ("masks", "../../x"), ("masks", ""), ("", "ab12")])
def test_records_refuse_names_that_leave_their_folder(store: BlobStore, kind: str, key: str) -> None:
    with pytest.raises(ValueError, match="kind and key"):
        store.records.put(kind, key, {})


def test_forgets_every_kind_of_record_about_a_source_and_no_other(store: BlobStore) -> None:
    beside = "aa" + "b" * 62
    store.records.put("result", f"{A}-1", {"blob": B, "deep": [{"mask": "c" * 64}]})
    store.records.put("mask", f"{A}-2", {"blob": A})
    store.records.put("mask", f"{beside}-2", {})
    store.records.put("processed", A, {})
    assert store.records.forget(A) == (2, {B, "c" * 64})
    assert store.records.forget(A) == (0, set())
    assert store.records.get("mask", f"{beside}-2") == {}
    assert store.records.get("processed", A) == {}


def test_a_key_tells_its_source() -> None:
    assert source_of(f"{A}-12") == A
    assert [source_of(key) for key in (A, "ab12", "ab-12", f"{A}0-1")] == [None] * 4


def test_finds_blob_ids_wherever_they_are() -> None:
    assert named_blobs({"x": [A, {"y": B}], "n": 3, "text": f"{A}."}) == {A, B}
    assert named_blobs(None) == set()
