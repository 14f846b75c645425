"""What every benchmark needs: fair timing and one line of JSON at the end."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any


def median_seconds(functions: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Median wall time of each function, run in turns so that a busy moment hits all of them alike.

    Each runs once before anything is timed.
    """
    for function in functions.values():
        function()
    times: dict[str, list[float]] = {name: [] for name in functions}
    for _ in range(rounds):
        for name, function in functions.items():
            started = time.perf_counter()
            function()
            times[name].append(time.perf_counter() - started)
    return {name: statistics.median(taken) for name, taken in times.items()}


def machine(*packages: str) -> dict[str, Any]:
    """The machine and the versions a figure belongs to."""
    return {
        "cpu": _cpu_name(),
        "cores": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        **{name: importlib.metadata.version(name) for name in packages},
    }


def _cpu_name() -> str:
    described = Path("/proc/cpuinfo")
    if described.exists():
        for line in described.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def finish(name: str, ok: bool, figures: Mapping[str, Any], asked: Mapping[str, Any]) -> int:
    """Print the last line of a benchmark; the exit status is 0 where the figures asked for were reached."""
    print(json.dumps({"name": name, "ok": ok, "figures": figures, "asked": asked}, ensure_ascii=False))
    sys.stdout.flush()
    return 0 if ok else 1
