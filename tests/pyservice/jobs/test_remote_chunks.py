"""Chunks on a scheduler elsewhere, with `vitrine worker` for hands: what dies comes back, and is used again."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pyservice.config import Settings
from pyservice.errors import ClusterUnavailable
from pyservice.jobs.chunk_item import ChunkItem
from pyservice.jobs.chunks import Chunks

from ..patience import is_running, until

ROOT = Path(__file__).parents[3]


class Elsewhere:
    """A scheduler and a machine with one worker, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.log = folder / "worker.log"
        self._folder = folder
        self.scheduler = self.start_scheduler()
        env = {name: value for name, value in os.environ.items() if not name.startswith("VITRINE_")}
        env |= {
            "VITRINE_DATA_DIR": str(folder / "there"),
            "VITRINE_MODELS_DIR": str(folder / "models"),
            "VITRINE_WORKERS": "1",
        }
        with self.log.open("wb") as log:
            self.worker = subprocess.Popen(
                [sys.executable, "-m", "pyservice.cli", "worker", self.address], cwd=ROOT, env=env, stderr=log
            )

    def start_scheduler(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", "scheduler", "--no-dashboard", "--dashboard-address", "127.0.0.1:0"]
        with (self._folder / "scheduler.log").open("ab") as log:
            self.scheduler = subprocess.Popen(
                [*command, "--host", "127.0.0.1", "--port", str(self.port)], cwd=ROOT, stdout=log, stderr=log
            )
        return self.scheduler

    def end(self) -> None:
        for process in (self.worker, self.scheduler):
            process.kill()
            process.wait(30)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Elsewhere]:
    made = Elsewhere(tmp_path)
    yield made
    made.end()


@pytest.fixture
def chunks(elsewhere: Elsewhere, tmp_path: Path) -> Iterator[Chunks]:
    folder = tmp_path / "marks"
    folder.mkdir()

    def work(engine: Any, item: ChunkItem) -> dict[str, Any]:
        (folder / item.key).touch()
        while item.preset == "wait" and not (folder / "go").exists():
            time.sleep(0.02)
        watches = [thread.name for thread in threading.enumerate()].count("hang-watch")
        equipment = {"engine": id(engine), "nice": os.nice(0), "watches": watches}
        return {"pid": os.getpid(), "data": engine.store.folder.parent.name, **equipment}

    settings = Settings(
        data_dir=tmp_path / "here", models_dir=tmp_path / "none", dask_scheduler_address=elsewhere.address
    )
    chunks = Chunks(settings, work, silence_s=2.0)
    yield chunks
    chunks.close()


def asked(count: int, preset: str = "fine") -> list[ChunkItem]:
    return [ChunkItem(key=f"{preset}-{number}", blob="0" * 64, preset=preset) for number in range(count)]


def done_at_last(chunks: Chunks) -> list[Any]:
    """The lines of a chunk, once there is somebody who does it."""
    lines: list[Any] = []

    def tried() -> bool:
        with contextlib.suppress(ClusterUnavailable):
            lines[:] = chunks.begin(asked(20)).lines()
        return {line["status"] for line in lines} == {"done"}

    until(tried, patience_s=90)
    return lines


def equipment(lines: list[Any]) -> set[tuple[Any, ...]]:
    return {tuple(line[name] for name in ("pid", "engine", "nice", "watches")) for line in lines}


def test_a_scheduler_that_is_killed_fails_what_is_under_way_and_is_used_again_once_it_is_back(
    elsewhere: Elsewhere, chunks: Chunks, tmp_path: Path
) -> None:
    lines = done_at_last(chunks)
    # Workers elsewhere read their own settings.
    assert {line["data"] for line in lines} == {"there"}
    # Who comes later takes no engine away from those who are at work with it.
    chunks.close()
    assert equipment(done_at_last(chunks)) == equipment(lines)

    chunk = chunks.begin(asked(10, "wait"))
    lines = []
    reader = threading.Thread(target=lambda: lines.extend(chunk.lines()))
    reader.start()
    until(lambda: list((tmp_path / "marks").glob("wait-*")))
    elsewhere.scheduler.kill()
    elsewhere.scheduler.wait(30)
    reader.join(15)
    assert sorted(line["key"] for line in lines) == sorted(item.key for item in asked(10, "wait"))
    assert {(line["problem"]["code"], line["retry"]) for line in lines} == {("cluster_unavailable", True)}
    with pytest.raises(ClusterUnavailable):
        chunks.begin(asked(1))

    (tmp_path / "marks" / "go").touch()
    elsewhere.start_scheduler()
    assert len(done_at_last(chunks)) == 20


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_worker_that_is_told_to_stop_takes_its_processes_along(
    elsewhere: Elsewhere, chunks: Chunks, number: signal.Signals
) -> None:
    pids = {line["pid"] for line in done_at_last(chunks)}
    elsewhere.worker.send_signal(number)
    assert elsewhere.worker.wait(30) == 0
    assert not any(map(is_running, pids))
    events = [json.loads(line) for line in elsewhere.log.read_text().splitlines()]
    assert events[-1]["event"] == "stopped"


def test_a_worker_that_is_killed_takes_its_processes_along_and_nobody_waits_for_ever(
    elsewhere: Elsewhere, chunks: Chunks
) -> None:
    pids = {line["pid"] for line in done_at_last(chunks)}
    chunk = chunks.begin(asked(10, "wait"))
    elsewhere.worker.kill()
    elsewhere.worker.wait(30)
    until(lambda: not any(map(is_running, pids)))
    assert {line["problem"]["code"] for line in chunk.lines()} == {"cluster_unavailable"}
    chunks.close()
    with pytest.raises(ClusterUnavailable):
        chunks.begin(asked(1))
