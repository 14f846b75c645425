"""Ctrl-C in the middle of a run."""

import csv
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from ..patience import children

_MANY = 24
_PATIENCE_S = 60

Files = Callable[[Path], list[str]]


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """More pictures than are done before the signal comes."""
    (tmp_path / "in").mkdir()
    for number in range(_MANY):
        picture = np.random.default_rng(number).integers(0, 255, (600, 600, 3), np.uint8)
        cv2.imwrite(str(tmp_path / f"in/{number:02}.jpg"), picture)
    return tmp_path / "in"


def started(many: Path, out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pyservice.cli", "process", many, "--preset", "denoise", "--out", out]
    return subprocess.Popen([*map(str, command), "--workers", "2"], stderr=subprocess.PIPE, start_new_session=True)


def wait_for_results(out: Path, least: int) -> None:
    """Until so many results are there; fails where they never come."""
    until = time.monotonic() + _PATIENCE_S
    while len(list(out.glob("*_processed.jpg"))) < least:
        assert time.monotonic() < until, "no results came"
        time.sleep(0.02)


def rows_of(out: Path) -> list[dict[str, str]]:
    with (out / "result.csv").open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_ctrl_c_keeps_what_is_done_and_the_next_run_goes_on(many: Path, tmp_path: Path, files_below: Files) -> None:
    out = tmp_path / "out"
    process = started(many, out)
    wait_for_results(out, 3)
    # To the whole group, as a terminal sends it.
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=_PATIENCE_S)
    assert process.returncode == 130
    rows = rows_of(out)
    assert 3 <= len(rows) < _MANY
    assert {row["status"] for row in rows} == {"ok"}
    assert files_below(out) == sorted(["result.csv", *(row["processed_path"] for row in rows)])
    assert all(cv2.imread(str(out / row["processed_path"])) is not None for row in rows)
    stored = {path: path.stat().st_mtime_ns for path in (out / ".vitrine/records/result").rglob("*.json")}
    assert len(stored) == len(rows)

    again = started(many, out)
    again.communicate(timeout=_PATIENCE_S)
    assert again.returncode == 0
    assert [row["filename"] for row in rows_of(out)] == [f"{number:02}.jpg" for number in range(_MANY)]
    assert {path: path.stat().st_mtime_ns for path in stored} == stored


def test_a_killed_run_leaves_no_half_file(many: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = started(many, out)
    wait_for_results(out, 2)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=_PATIENCE_S)
    assert all(cv2.imread(str(path)) is not None for path in out.glob("*_processed.jpg"))
    assert not (out / "result.csv").exists()


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="reads the process tree in /proc")
def test_a_second_ctrl_c_waits_for_nothing(many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VITRINE_DECODE_TIMEOUT_S", "600")
    out = tmp_path / "out"
    process = started(many, out)
    wait_for_results(out, 3)
    decoders = children(process.pid)
    # Decoders that hold still: what is under way would go on for minutes.
    for pid in decoders:
        os.kill(pid, signal.SIGSTOP)
    wait_until_idle(process.pid)
    try:
        os.killpg(process.pid, signal.SIGINT)
        assert process.stderr is not None
        while b"Stopping" not in process.stderr.readline():
            assert process.poll() is None
        os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=_PATIENCE_S)
    finally:
        for pid in decoders:
            os.kill(pid, signal.SIGKILL)
        process.kill()
    assert process.returncode == 130
    rows = rows_of(out)
    assert 1 <= len(rows) < _MANY
    assert all((out / row["processed_path"]).exists() for row in rows)


def wait_until_idle(pid: int) -> None:
    """Until all that it could do without its decoders is done, and its threads wait for them."""
    before, since = -1, time.monotonic()
    while time.monotonic() - since < 1:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        used = int(fields[11]) + int(fields[12])
        # Looking for signals costs a tick now and then.
        if used > before + 5:
            before, since = used, time.monotonic()
        time.sleep(0.05)
