"""Chunks on the service as it runs in production: whatever ends it, no worker is left behind."""

import contextlib
import http.client
import io
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from ..patience import children, is_running, until

ROOT = Path(__file__).parents[3]
CODE = """
from pyservice.api.serve import serve
from pyservice.config import load_settings
serve(load_settings())
"""

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="reads the process tree in /proc")


def below(pid: int) -> list[int]:
    """All processes that this one started, and those that they did."""
    return [each for child in children(pid) for each in (child, *below(child))]


def slow_picture() -> bytes:
    """Grain of 9 megapixels takes a while to work on."""
    grain = np.random.default_rng(5).integers(0, 255, (750, 750, 3), np.uint8)
    file = io.BytesIO()
    Image.fromarray(cv2.resize(grain, (3000, 3000))).save(file, "JPEG", quality=80)
    return file.getvalue()


class Served:
    """A running service with one worker process for batches, and a chunk under way."""

    def __init__(self, folder: Path, token: Callable[..., str]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self._token = token
        self._folder = folder
        self.log = folder / "stderr.log"
        env = {name: value for name, value in os.environ.items() if not name.startswith("VITRINE_")}
        env |= {
            "VITRINE_DATA_DIR": str(folder / "data"),
            "VITRINE_MODELS_DIR": str(folder / "models"),
            "VITRINE_PORT": str(self.port),
            "VITRINE_WORKERS": "1",
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen([sys.executable, "-c", CODE], cwd=ROOT, env=env, stderr=log)
        until(self.answers)

    def answers(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        try:
            return self.ask("GET", "/healthz").status == 200
        except OSError:
            return False

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body, headers)
        return connection.getresponse()

    def chunk(self) -> http.client.HTTPResponse:
        """The answer to a chunk that takes a while, once its first item is done."""
        secret = (self._folder / "data" / "service.secret").read_text().strip()
        authorization = {"Authorization": f"Bearer {self._token(key=secret)}"}
        blob = json.loads(self.ask("POST", "/blobs", slow_picture(), **authorization).read())["id"]
        items = [
            {"key": str(number), "blob": blob, "recipe": {"steps": [], "output": {"quality": 50 + number}}}
            for number in range(40)
        ]
        headers = {**authorization, "Content-Type": "application/x-ndjson"}
        answer = self.ask("POST", "/chunks", "\n".join(map(json.dumps, items)), **headers)
        assert answer.status == 200, answer.read()
        while json.loads(answer.readline()).get("status") != "done":
            pass
        return answer

    def log_has(self, text: str) -> bool:
        return text in self.log.read_text()


@pytest.fixture
def served(tmp_path: Path, token: Callable[..., str]) -> Iterator[Served]:
    service = Served(tmp_path, token)
    started = below(service.process.pid)
    yield service
    service.process.kill()
    service.process.wait(60)
    for pid in started:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def test_told_to_stop_it_says_what_it_leaves_undone_and_takes_its_workers_along(served: Served) -> None:
    answer = served.chunk()
    processes = below(served.process.pid)
    served.process.send_signal(signal.SIGTERM)
    *lines, end = (json.loads(line) for line in answer)
    assert end == {"end": True}
    undone = [line["problem"]["code"] for line in lines if line.get("status") == "failed"]
    assert set(undone) == {"cluster_unavailable"}
    assert served.process.wait(30) == 0
    until(lambda: not any(map(is_running, processes)))
    assert not served.log_has("Traceback")


@pytest.mark.parametrize("whom", ["the one that answers", "the one that watches over it"])
def test_killed_it_leaves_no_worker_behind(served: Served, whom: str) -> None:
    answer = served.chunk()
    (worker,) = [
        int(pid) for pid in Path(f"/proc/{served.process.pid}/task/{served.process.pid}/children").read_text().split()
    ]
    processes = below(worker)
    assert len(processes) >= 3
    os.kill(worker if whom == "the one that answers" else served.process.pid, signal.SIGKILL)
    with contextlib.suppress(OSError, http.client.HTTPException):
        answer.read()
    until(lambda: not any(map(is_running, processes)))


def test_it_notices_who_hangs_up(served: Served) -> None:
    served.chunk().close()
    until(lambda: served.log_has("chunk given up"))
    assert not served.log_has("Traceback")
