"""Chunks on real worker processes: every item is answered once, whatever it does to its worker."""

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from pyservice.config import Settings
from pyservice.errors import ClusterUnavailable
from pyservice.jobs.chunk_item import ChunkItem
from pyservice.jobs.chunks import Chunks

from ..patience import until

BLOB = "0" * 64


def work_in(folder: Path) -> Callable[[Any, ChunkItem], dict[str, Any]]:
    """Work that does what the item's preset says, and leaves a file named by its key and process."""

    def work(engine: Any, item: ChunkItem) -> dict[str, Any]:
        (folder / f"{item.key}@{os.getpid()}").touch()
        if item.preset == "poison":
            os._exit(1)
        if item.preset == "greedy":
            engine.greed = os.urandom(1_000_000) * 900
            time.sleep(1000)
        if item.preset == "bug":
            raise ZeroDivisionError
        if item.preset == "hang":
            time.sleep(1000)
        while item.preset == "wait" and not (folder / "go").exists():
            time.sleep(0.02)
        return {"pid": os.getpid(), "nice": os.nice(0), "secret": os.environ.get("VITRINE_SERVICE_SECRET")}

    return work


def asked(count: int, preset: str = "fine", **more: Any) -> list[ChunkItem]:
    return [ChunkItem(key=f"{preset}-{number}", blob=BLOB, preset=preset, **more) for number in range(count)]


def answers(chunks: Chunks, items: Sequence[ChunkItem]) -> dict[str, Any]:
    """By key, once it is sure that every key was answered exactly once."""
    lines = list(chunks.begin(items).lines())
    assert Counter(line["key"] for line in lines) == Counter(item.key for item in items)
    return {line["key"]: line for line in lines}


class Reader:
    """Reads a chunk in a thread."""

    def __init__(self, chunks: Chunks, items: Sequence[ChunkItem]) -> None:
        self.chunk = chunks.begin(items)
        self._lines: list[Any] = []
        self._thread = threading.Thread(target=lambda: self._lines.extend(self.chunk.lines()))
        self._thread.start()

    def lines(self) -> list[Any]:
        """All of them, once there are no more."""
        self._thread.join(60)
        assert not self._thread.is_alive()
        return self._lines


def make(folder: Path, workers: int = 2, **more: Any) -> Chunks:
    settings = Settings(
        data_dir=folder / "data", models_dir=folder / "models", workers=workers, worker_memory_bytes=900_000_000
    )
    return Chunks(settings, work_in(folder), **more)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Chunks, Path]]:
    folder = tmp_path_factory.mktemp("chunks")
    chunks = make(folder, item_limit_s=8.0)
    yield chunks, folder
    chunks.close()


@pytest.fixture
def chunks(shared: tuple[Chunks, Path]) -> Chunks:
    return shared[0]


@pytest.fixture
def folder(shared: tuple[Chunks, Path]) -> Iterator[Path]:
    """Where the work leaves its files."""
    yield shared[1]
    for path in shared[1].glob("*@*"):
        path.unlink()
    (shared[1] / "go").unlink(missing_ok=True)


def workers_of(chunks: Chunks) -> set[int]:
    return {line["pid"] for line in answers(chunks, asked(50)).values()}


def test_items_are_done_in_processes_of_their_own_that_let_previews_go_first(chunks: Chunks) -> None:
    lines = answers(chunks, asked(50)).values()
    assert {line["status"] for line in lines} == {"done"}
    assert os.getpid() not in {line["pid"] for line in lines}
    assert {line["nice"] for line in lines} == {min(19, os.nice(0) + 10)}


def test_a_bug_fails_its_item_alone_and_may_be_tried_again(chunks: Chunks) -> None:
    lines = answers(chunks, [*asked(1, "bug"), *asked(5)])
    bug = lines.pop("bug-0")
    assert (bug["status"], bug["problem"]["code"], bug["retry"]) == ("failed", "internal_error", True)
    assert "Zero" not in bug["problem"]["detail"]
    assert {line["status"] for line in lines.values()} == {"done"}


def test_eight_chunks_at_once_are_all_answered(chunks: Chunks) -> None:
    readers = [Reader(chunks, asked(50)) for _ in range(8)]
    assert [len(reader.lines()) for reader in readers] == [50] * 8


def test_a_killed_worker_costs_no_answer(chunks: Chunks, folder: Path) -> None:
    workers_of(chunks)
    reader = Reader(chunks, [*asked(2, "wait"), *asked(20)])
    until(lambda: list(folder.glob("wait-0@*")))
    victim = int(next(folder.glob("wait-0@*")).name.partition("@")[2])
    os.kill(victim, signal.SIGKILL)
    (folder / "go").touch()
    lines = reader.lines()
    assert Counter(line["key"] for line in lines) == Counter(["wait-0", "wait-1", *(f"fine-{n}" for n in range(20))])
    assert {line["status"] for line in lines} == {"done"}
    assert victim not in {line["pid"] for line in lines}


def test_an_item_that_takes_more_memory_than_a_worker_may_have_is_given_up(chunks: Chunks) -> None:
    assert answers(chunks, asked(1, "greedy"))["greedy-0"]["problem"]["code"] == "worker_lost"


def test_an_item_that_ends_its_worker_is_given_up_and_the_others_are_done(chunks: Chunks) -> None:
    lines = answers(chunks, [*asked(10), *asked(1, "poison")])
    poison = lines.pop("poison-0")
    assert (poison["status"], poison["problem"]["code"], poison["retry"]) == ("failed", "worker_lost", True)
    assert {line["status"] for line in lines.values()} == {"done"}


def test_an_item_that_hangs_is_given_up_after_its_time(chunks: Chunks, folder: Path) -> None:
    lines = answers(chunks, [*asked(1, "hang"), *asked(10)])
    assert lines.pop("hang-0")["problem"]["code"] == "worker_lost"
    assert {line["status"] for line in lines.values()} == {"done"}
    assert len(list(folder.glob("hang-0@*"))) == 1


@pytest.fixture
def held(tmp_path: Path) -> Iterator[tuple[Chunks, Path]]:
    """A cluster whose one worker is held until there is a file `go`."""
    chunks = make(tmp_path, workers=1)
    holding = Reader(chunks, asked(1, "wait"))
    until(lambda: list(tmp_path.glob("wait-0@*")))
    yield chunks, tmp_path
    (tmp_path / "go").touch()
    assert len(holding.lines()) == 1
    chunks.close()


def test_who_hangs_up_stops_what_has_not_begun(held: tuple[Chunks, Path]) -> None:
    chunks, folder = held
    given_up = Reader(chunks, asked(30, "given-up"))
    with chunks.cluster.joined() as link:
        tasks = link._local.scheduler.tasks
        until(lambda: len(tasks) == 31)
        given_up.chunk.cancel()
        assert given_up.lines() == []
        until(lambda: len(tasks) == 1)
    (folder / "go").touch()
    assert len(answers(chunks, asked(5))) == 5
    assert not list(folder.glob("given-up*"))


def test_what_waits_waits_at_the_scheduler(held: tuple[Chunks, Path]) -> None:
    chunks, folder = held
    reader = Reader(chunks, asked(10))
    with chunks.cluster.joined() as link:
        scheduler = link._local.scheduler
        until(lambda: len(scheduler.tasks) == 11)
        (worker,) = scheduler.workers.values()
        said = "Dask gives a busy worker more to do: see task_graph.py for what it was told by names it keeps private"
        assert (len(worker.processing), len(scheduler.queued)) == (1, 10), said
    (folder / "go").touch()
    assert len(reader.lines()) == 10


def test_the_more_important_goes_first(held: tuple[Chunks, Path]) -> None:
    chunks, folder = held
    readers = [Reader(chunks, asked(1, name, priority=priority)) for name, priority in [("later", -5), ("soon", 5)]]
    with chunks.cluster.joined() as link:
        until(lambda: len(link._local.scheduler.tasks) == 3)
    (folder / "go").touch()
    assert [reader.lines()[0]["status"] for reader in readers] == ["done", "done"]
    later, soon = (next(folder.glob(f"{name}-0@*")).stat().st_mtime_ns for name in ("later", "soon"))
    assert soon < later


def test_workers_end_when_idle_and_come_back(tmp_path: Path) -> None:
    chunks = make(tmp_path, idle_s=0.2)
    try:
        before = workers_of(chunks)
        until(lambda: not chunks.cluster.open)
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in before))
        assert answers(chunks, asked(3))
    finally:
        chunks.close()


def test_a_service_that_stops_says_what_it_leaves_undone(tmp_path: Path) -> None:
    chunks = make(tmp_path)
    try:
        reader = Reader(chunks, asked(10, "wait"))
        until(lambda: list(tmp_path.glob("wait-*@*")))
        chunks.stop()
        assert [line["problem"]["code"] for line in reader.lines()] == ["cluster_unavailable"] * 10
        with pytest.raises(ClusterUnavailable):
            chunks.begin(asked(1))
    finally:
        chunks.close()


def test_workers_that_cannot_be_started_are_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("no folder, in which they cannot have one of their own")
    chunks = make(tmp_path)
    try:
        with pytest.raises(ClusterUnavailable, match="could not be started"):
            chunks.begin(asked(1))
    finally:
        chunks.close()
