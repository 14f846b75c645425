"""`vitrine up`, with both real services: starts, heals, stops, and is backed up and restored."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

from pyservice.cli import running
from pyservice.config import load_settings

Vitrine = Callable[..., subprocess.CompletedProcess[str]]
_PROGRAM = [sys.executable, "-m", "pyservice.cli"]
_PATIENCE_S = 90.0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def until(true: Callable[[], Any], what: str) -> Any:
    latest_s = time.monotonic() + _PATIENCE_S
    while time.monotonic() < latest_s:
        if found := true():
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what} never came")


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Of everything that runs on one new data folder."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("VITRINE_", "MONGODB_"))}
    return ours | {
        "VITRINE_DATA_DIR": str(tmp_path / "data"),
        "VITRINE_PORT": str(free_port()),
        "VITRINE_GATEWAY_PORT": str(free_port()),
        "VITRINE_MODELS_DIR": os.environ.get("VITRINE_MODELS_DIR", ""),
    }


@pytest.fixture
def vitrine(environ: dict[str, str]) -> Vitrine:
    """Run another command beside it."""

    def call(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [*_PROGRAM, *map(str, arguments)]
        return subprocess.run(command, env=environ, text=True, capture_output=True, check=False, timeout=_PATIENCE_S)

    return call


class Up:
    """`vitrine up` as it runs, and what it said so far."""

    def __init__(self, environ: dict[str, str]) -> None:
        self.url = f"http://127.0.0.1:{environ['VITRINE_GATEWAY_PORT']}"
        self.started_s = time.monotonic()
        self.process = subprocess.Popen(
            [*_PROGRAM, "up"], env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip())

    @property
    def said(self) -> str:
        return "\n".join(self.lines)

    def wait_for(self, pattern: str, times: int = 1) -> None:
        def found() -> bool:
            assert self.process.poll() is None, self.said
            return len(re.findall(pattern, self.said, re.MULTILINE)) >= times

        until(found, f"{pattern} in:\n{self.said}\nIt")

    def wait_for_greeting(self) -> float:
        """Seconds it took to start."""
        self.wait_for(rf"^Vitrine is at {re.escape(self.url)}\b")
        return time.monotonic() - self.started_s

    def stop(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        code = self.process.wait(_PATIENCE_S)
        self._reader.join(_PATIENCE_S)
        return code

    def pids(self) -> dict[str, int]:
        """Of its services."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        names = {pid: Path(f"/proc/{pid}/cmdline").read_text() for pid in map(int, path.read_text().split())}
        return {"gateway" if "server.ts" in line else "pyservice": pid for pid, line in names.items()}


@pytest.fixture
def up(environ: dict[str, str], models_dir: Path) -> Iterator[Callable[[], Up]]:
    """Start it; what still runs after the test is stopped."""
    started: list[Up] = []

    def call() -> Up:
        started.append(Up(environ | {"VITRINE_MODELS_DIR": str(models_dir)}))
        return started[-1]

    yield call
    for one in started:
        if one.process.poll() is None:
            one.stop(signal.SIGTERM)


class Caller:
    """Somebody with an account."""

    def __init__(self, url: str, how: str) -> None:
        self._url = url
        self._token = ""
        account = {"email": "anna@example.com", "password": "correct horse battery staple"}
        named = account | {"name": "Anna"} if how == "register" else account
        self._token = self.json("POST", f"/auth/{how}", json.dumps(named).encode())["access_token"]

    def send(self, method: str, path: str, body: bytes | None = None, mime: str = "application/json") -> bytes:
        request = Request(f"{self._url}/api/v1{path}", body, {"Content-Type": mime}, method=method)  # noqa: S310
        if self._token:
            request.add_header("Authorization", f"Bearer {self._token}")
        with urlopen(request, timeout=60) as answer:  # noqa: S310  our own server
            data: bytes = answer.read()
            return data

    def json(self, method: str, path: str, body: bytes | None = None, mime: str = "application/json") -> Any:
        return json.loads(self.send(method, path, body, mime))

    def upload(self, photo: Path) -> None:
        head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{photo.name}"\r\n\r\n'
        self.json(
            "POST", "/images", head.encode() + photo.read_bytes() + b"\r\n--x--\r\n", "multipart/form-data; boundary=x"
        )

    def gallery(self) -> list[tuple[dict[str, Any], bytes]]:
        """Every image with its original's bytes."""
        images = self.json("GET", "/images?limit=50")["items"]
        return [(one, self.send("GET", f"/images/{one['id']}/file?variant=original")) for one in images]


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def answers(url: str) -> bool:
    try:
        with urlopen(f"{url}/readyz", timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (URLError, HTTPError, OSError):
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_heals_is_backed_up_stops_and_comes_back(
    up: Callable[[], Up], vitrine: Vitrine, photos: Path, tmp_path: Path
) -> None:
    first = up()
    first.wait_for_greeting()
    anna = Caller(first.url, "register")
    anna.upload(photos / "red cup.jpg")
    anna.upload(photos / "shoes/boot.png")
    assert "stop it first" in " ".join(vitrine("up").stderr.split())

    for name, pid in first.pids().items():
        os.kill(pid, signal.SIGKILL)
        first.wait_for(rf"^{name} was killed by signal 9; it starts again in 0\.5 s\.$")
    for name in ("gateway", "pyservice"):
        first.wait_for(rf"^{name} is back\.$")
    gallery = anna.gallery()
    assert [one["name"] for one, _ in gallery] == ["boot.png", "red cup.jpg"]
    assert gallery[1][1] == (photos / "red cup.jpg").read_bytes()

    assert vitrine("backup", tmp_path / "backup.tar").returncode == 0
    assert vitrine("restore", tmp_path / "backup.tar", "--force").returncode == 1
    assert vitrine("verify").returncode == 0
    services = first.pids()
    assert first.stop() == 0
    assert first.lines[-1] == "Stopped."
    assert "Traceback" not in first.said
    assert not any(map(lives, services.values()))

    shutil.rmtree(tmp_path / "data")
    assert vitrine("restore", tmp_path / "backup.tar").returncode == 0
    second = up()
    second.wait_for_greeting()
    assert Caller(second.url, "login").gallery() == gallery

    services = second.pids()
    second.process.kill()
    until(lambda: not any(map(lives, services.values())), "The end of what was started")
    assert not answers(second.url)


@pytest.mark.parametrize("variable", ["VITRINE_PORT", "VITRINE_GATEWAY_PORT"])
def test_a_port_that_is_taken_is_told_by_the_name_of_its_setting(
    vitrine: Vitrine, environ: dict[str, str], variable: str
) -> None:
    with socket.create_server(("127.0.0.1", int(environ[variable]))):
        ended = vitrine("up")
    assert ended.returncode == 1
    assert f"port {environ[variable]} is taken; set {variable}" in " ".join(ended.stderr.split())


def test_both_services_may_not_want_one_port(vitrine: Vitrine, environ: dict[str, str]) -> None:
    environ["VITRINE_GATEWAY_PORT"] = environ["VITRINE_PORT"]
    assert "is taken; set VITRINE_GATEWAY_PORT" in " ".join(vitrine("up").stderr.split())


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("VITRINE_TRASH_DAYS", "soon"),
        ("VITRINE_AUTH_SECRET", "weak"),
        ("VITRINE_SERVICE_SECRET", "weak"),
        ("VITRINE_BLOB_URL", "s3://x/y"),
    ],
)
def test_bad_settings_are_named_and_nothing_starts(
    vitrine: Vitrine, environ: dict[str, str], variable: str, value: str
) -> None:
    environ[variable] = value
    ended = vitrine("up")
    assert ended.returncode == 1
    assert variable in ended.stderr
    assert ended.stdout == ""
    assert "Traceback" not in ended.stderr
    assert not Path(environ["VITRINE_DATA_DIR"]).exists()


def test_a_weak_key_in_the_data_folder_is_named_and_nothing_starts(vitrine: Vitrine, environ: dict[str, str]) -> None:
    path = Path(environ["VITRINE_DATA_DIR"], "auth.secret")
    path.parent.mkdir()
    path.write_text("weak\n")
    path.chmod(0o600)
    ended = vitrine("up")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "auth.secret: Expected at least 32 bytes" in ended.stderr


def test_gives_up_on_what_never_starts_and_shows_its_last_words(vitrine: Vitrine, environ: dict[str, str]) -> None:
    database = Path(environ["VITRINE_DATA_DIR"], "metadata.sqlite")
    database.parent.mkdir()
    database.write_bytes(b"no database" * 1000)
    ended = vitrine("up")
    assert ended.returncode == 1
    told = ended.stdout.partition("vitrine: gateway did not start: tried 3 times. The last it said:\n")[2]
    assert "database" in told
    assert "Traceback" not in ended.stdout + ended.stderr


def test_a_setting_that_nobody_knows_is_named_with_the_one_that_may_be_meant(
    vitrine: Vitrine, environ: dict[str, str]
) -> None:
    environ["VITRINE_GATEWAY_PROT"] = "1"
    with socket.create_server(("127.0.0.1", int(environ["VITRINE_PORT"]))):
        told = " ".join(vitrine("up").stderr.split())
    assert "VITRINE_GATEWAY_PROT is no setting of Vitrine and changes nothing; is VITRINE_GATEWAY_PORT meant?" in told
    assert told.count("is no setting") == 1


@pytest.mark.parametrize(
    ("asked", "terminal", "given"),
    [("", True, "console"), ("auto", True, "console"), ("auto", False, "json"), ("json", True, "json")],
)
def test_the_format_of_log_lines_is_decided_for_both(
    monkeypatch: pytest.MonkeyPatch, asked: str, terminal: bool, given: str
) -> None:
    monkeypatch.setenv("VITRINE_LOG_FORMAT", asked)
    monkeypatch.setattr("sys.stdout.isatty", lambda: terminal)
    assert running._common(load_settings())["VITRINE_LOG_FORMAT"] == given


def test_weights_are_fetched_after_the_ports_are_known_to_be_free(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], run: Callable[..., int]
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(running, "fetch_missing", lambda *_: pytest.fail("fetched too early"))
    with socket.create_server(("127.0.0.1", int(environ["VITRINE_GATEWAY_PORT"]))):
        started_s = time.monotonic()
        assert run("up", "--fetch") == 1
    assert time.monotonic() - started_s < 3
