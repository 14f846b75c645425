"""What is remembered about a picture goes with it, and is young when it is asked for."""

import os
import time
from pathlib import Path

import pytest

from pyservice.errors import NotFound
from pyservice.jobs.lent import Lent
from pyservice.jobs.memory import Memory
from pyservice.storage import BlobStore

HOUR_S = 3600.0


@pytest.fixture
def store(tmp_path: Path) -> BlobStore:
    return BlobStore(f"file://{tmp_path}/store")


@pytest.fixture
def lent() -> Lent:
    return Lent()


@pytest.fixture
def memory(store: BlobStore, lent: Lent) -> Memory:
    return Memory(store, lent)


def age_of(store: BlobStore, blob: str) -> float:
    path = store.path(blob)
    assert path is not None
    return time.time() - path.stat().st_mtime


def make_old(store: BlobStore, blob: str) -> None:
    path = store.path(blob)
    assert path is not None
    os.utime(path, (time.time() - HOUR_S, time.time() - HOUR_S))


def test_keeps_what_was_found_for_its_reasons(store: BlobStore, memory: Memory) -> None:
    source = store.put(b"source")
    memory.keep("mask", source, "steps", 3, record={"fill": 0.5})
    assert memory.recall("mask", source, "steps", 3) == {"fill": 0.5}
    assert memory.recall("mask", source, "steps", 4) is None
    assert memory.recall("result", source, "steps", 3) is None


def test_forgetting_a_source_tells_what_was_derived_from_it(store: BlobStore, memory: Memory) -> None:
    source, other = store.put(b"source"), store.put(b"other")
    mask, gone = store.put(b"mask"), store.put(b"gone")
    memory.keep("mask", source, "a", record={"blob": mask, "report": {"by": [source, gone]}})
    memory.keep("mask", other, "a", record={"blob": mask})
    store.delete(gone)
    assert store.forget(source) == [mask]
    assert memory.recall("mask", source, "a") is None
    assert memory.recall("mask", other, "a") is not None
    assert store.exists(mask)


def test_nothing_is_kept_about_a_source_that_was_deleted_meanwhile(store: BlobStore, memory: Memory) -> None:
    source = store.put(b"source")
    store.forget(source)
    with pytest.raises(NotFound, match=source):
        memory.keep("result", source, "a", record={})
    assert memory.recall("result", source, "a") is None


def test_lent_originals_are_remembered_without_being_stored(memory: Memory, lent: Lent) -> None:
    with lent.lend(b"the user's own") as source:
        memory.keep("result", source, "a", record={"x": 1})
        assert memory.recall("result", source, "a") == {"x": 1}


def test_what_is_asked_for_again_is_young_again(store: BlobStore, memory: Memory) -> None:
    source, result = store.put(b"source"), store.put(b"result")
    make_old(store, result)
    assert memory.renewed(source, result) == [b"result"]
    assert age_of(store, result) < 60


def test_a_file_shared_with_the_user_keeps_its_date(store: BlobStore, memory: Memory, lent: Lent) -> None:
    result = store.put(b"result")
    make_old(store, result)
    with lent.lend(b"the user's own") as source:
        assert memory.renewed(source, result) == [b"result"]
    assert age_of(store, result) > HOUR_S / 2


def test_what_is_gone_or_altered_counts_as_never_made(store: BlobStore, memory: Memory) -> None:
    source, result = store.put(b"source"), store.put(b"result")
    assert memory.renewed(source, result, "f" * 64) is None
    path = store.path(result)
    assert path is not None
    path.write_bytes(b"RESULT")
    assert memory.renewed(source, result) is None
    assert not store.exists(result)
