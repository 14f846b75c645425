"""Waiting until something is so, and for processes to be gone."""

import time
from collections.abc import Callable
from pathlib import Path


def until(true: Callable[[], object], patience_s: float = 60) -> None:
    """Fails where it does not come true."""
    deadline_s = time.monotonic() + patience_s
    while not true():
        assert time.monotonic() < deadline_s, "waited too long"
        time.sleep(0.02)


def children(pid: int) -> list[int]:
    """The processes that this one started."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except FileNotFoundError:
        return []


def is_running(pid: int) -> bool:
    """A zombie is not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
