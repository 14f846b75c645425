"""The service as it runs in production: gunicorn on a loopback port, started and ended by these tests."""

import contextlib
import hashlib
import http.client
import io
import json
import os
import select
import signal
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pyservice.storage import BlobStore

from ..patience import children, until

ROOT = Path(__file__).parents[3]
HOSTILE = ROOT.parent / "shared" / "eval" / "robustness" / "dev"
CODE = """
from pyservice.api.serve import serve
from pyservice.config import load_settings
serve(load_settings())
"""
DECODE_TIMEOUT_S = 15

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="reads the process tree in /proc")


def ticks(pid: int) -> int:
    """Processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def slow_picture() -> bytes:
    """A small file whose many pixels take a while."""
    file = io.BytesIO()
    Image.new("RGB", (8000, 8000), "teal").save(file, "PNG")
    return file.getvalue()


def never_seen(photo: bytes) -> bytes:
    """The same picture in bytes that the service does not know, so that it has to decode."""
    return photo + os.urandom(8)


class Served:
    """A running service with one place to work and one to wait."""

    def __init__(self, folder: Path, token: Callable[..., str]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.folder = folder
        self.log = folder / "stderr.log"
        self._token = token
        env = {name: value for name, value in os.environ.items() if not name.startswith("VITRINE_")}
        env |= {
            "VITRINE_DATA_DIR": str(folder / "data"),
            "VITRINE_MODELS_DIR": str(folder / "models"),
            "VITRINE_PORT": str(self.port),
            "VITRINE_CONCURRENCY": "1",
            "VITRINE_QUEUE": "1",
            "VITRINE_DECODE_TIMEOUT_S": str(DECODE_TIMEOUT_S),
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen([sys.executable, "-c", CODE], cwd=ROOT, env=env, stderr=log)
        until(self.answers)
        self.secret = (folder / "data" / "service.secret").read_text().strip()

    def answers(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        try:
            return self.ask("GET", "/healthz")[0] == 200
        except OSError:
            return False

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=4 * DECODE_TIMEOUT_S)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.headers), answer.read()
        finally:
            connection.close()

    def authorization(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token(key=self.secret)}"}

    def upload(self, data: Any, **headers: str) -> tuple[int, dict[str, str], bytes]:
        return self.ask("POST", "/blobs", data, **self.authorization(), **headers)

    def places(self) -> tuple[str, str]:
        """Requests at work and waiting, as /metrics says."""
        lines = self.ask("GET", "/metrics")[2].decode().splitlines()
        figures = dict(line.split(" ") for line in lines if line.startswith("vitrine_places"))
        return figures["vitrine_places_busy"], figures["vitrine_places_waiting"]

    @property
    def worker(self) -> int:
        (pid,) = children(self.process.pid)
        return pid

    def decoders(self, photo: bytes) -> list[int]:
        """The sandbox processes, once there are some."""
        assert self.upload(never_seen(photo))[0] == 201
        return children(self.worker)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, token: Callable[..., str]) -> Iterator[Served]:
    service = Served(tmp_path_factory.mktemp("served"), token)
    yield service
    if service.process.poll() is None:
        service.stop()


@pytest.fixture
def stopped_decoders(served: Served, photo: bytes) -> Iterator[list[int]]:
    """Decoders that hold still, so that what they were given stays under way for as long as a test wants."""
    pids = served.decoders(photo)
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    yield pids
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


def test_takes_pictures_in_and_gives_them_back(served: Served, photo: bytes) -> None:
    status, _, body = served.upload(photo)
    assert status in (200, 201)
    blob = json.loads(body)["id"]
    assert served.ask("GET", f"/blobs/{blob}", **served.authorization())[2] == photo


def test_a_kept_connection_takes_request_after_request(served: Served, photo: bytes) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
    with contextlib.closing(connection):
        connection.connect()
        sock = connection.sock
        for _ in range(3):
            connection.request("POST", "/blobs", photo, served.authorization())
            answer = connection.getresponse()
            blob = json.loads(answer.read())["id"]
            connection.request("GET", f"/blobs/{blob}", headers=served.authorization())
            assert connection.getresponse().read() == photo
        assert connection.sock is sock


def test_refuses_who_has_no_token(served: Served, photo: bytes) -> None:
    assert served.ask("POST", "/blobs", photo)[0] == 401
    assert served.ask("GET", "/operations")[0] == 401


def test_takes_a_body_without_length(served: Served, photo: bytes) -> None:
    chunks = (photo[start : start + 1000] for start in range(0, len(photo), 1000))
    assert served.upload(chunks)[0] in (200, 201)


@pytest.mark.parametrize("chunked", [False, True])
def test_b5_a_file_somewhat_too_large_hears_why(served: Served, chunked: bool) -> None:
    data = bytes(70_000_000)
    body = (data[start : start + 100_000] for start in range(0, len(data), 100_000)) if chunked else data
    status, _, answer = served.upload(body)
    assert status == 413
    assert json.loads(answer)["code"] == "image_too_large"


def test_broken_chunks_are_a_bad_request(served: Served) -> None:
    head = "POST /blobs HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in served.authorization().items())
    with socket.create_connection(("127.0.0.1", served.port), timeout=60) as connection:
        connection.sendall(head.encode() + b"\r\n5\r\nhello\r\nzz\r\n")
        assert connection.recv(12) == b"HTTP/1.1 400"


def test_b5_cuts_an_endless_body_off(served: Served) -> None:
    head = "POST /blobs HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in served.authorization().items())
    chunk = b"10000\r\n" + bytes(0x10000) + b"\r\n"
    sent = 0
    with socket.create_connection(("127.0.0.1", served.port), timeout=60) as connection:
        connection.sendall(head.encode() + b"\r\n")
        while not select.select([connection], [], [], 0)[0]:
            assert sent < 500_000_000
            try:
                connection.sendall(chunk)
            except (BrokenPipeError, ConnectionResetError):
                break
            sent += len(chunk)
        assert connection.recv(12) == b"HTTP/1.1 413"
    assert served.ask("GET", "/healthz")[0] == 200


def test_a12_beyond_its_places_it_says_when_to_come_back(
    served: Served, photo: bytes, stopped_decoders: list[int]
) -> None:
    with ThreadPoolExecutor(20) as pool:
        under_way: list[Future[Any]] = [pool.submit(served.upload, never_seen(photo)) for _ in range(2)]
        until(lambda: served.places() == ("1.0", "1.0"))
        large = photo + bytes(8_000_000)  # more than sockets hold: the refusal must be heard all the same
        refused = [job.result() for job in [pool.submit(served.upload, photo) for _ in range(17)]]
        refused.append(served.upload(large))  # alone: who sends haltingly is hung up on, as many at once may
        assert {status for status, _, _ in refused} == {429}
        assert all(int(headers["Retry-After"]) >= 1 for _, headers, _ in refused)
        assert served.ask("GET", "/healthz")[0] == 200
        for pid in stopped_decoders:
            os.kill(pid, signal.SIGCONT)
        assert [job.result()[0] for job in under_way] == [201, 201]


@contextlib.contextmanager
def slow_clients(served: Served, start: bytes, count: int = 50) -> Iterator[list[socket.socket]]:
    """Connections that send the start of a request, and no more. More of them than the service has threads."""
    with contextlib.ExitStack() as opened:
        clients = []
        for _ in range(count):
            clients.append(opened.enter_context(socket.create_connection(("127.0.0.1", served.port), timeout=30)))
            clients[-1].sendall(start)
        yield clients


def unfinished_upload(served: Served, **headers: str) -> bytes:
    lines = [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(["POST /blobs HTTP/1.1", "Host: x", "Content-Length: 5000", *lines, "", "x"]).encode()


def is_quick(served: Served) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=4)
    with contextlib.closing(connection):
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200


@pytest.mark.parametrize("start", [b"", b"GET /healthz HT", b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: "])
def test_a12_half_a_head_holds_nobody_up(served: Served, start: bytes) -> None:
    with slow_clients(served, start):
        assert all(is_quick(served) for _ in range(3))


def test_a12_slow_strangers_hold_nobody_up(served: Served) -> None:
    with slow_clients(served, unfinished_upload(served)) as clients:
        assert {client.recv(12) for client in clients} == {b"HTTP/1.1 401"}
        assert all(is_quick(served) for _ in range(3))


def test_a12_slow_uploads_hold_nobody_up_and_the_others_hear_when_to_come_back(served: Served, photo: bytes) -> None:
    with slow_clients(served, unfinished_upload(served, **served.authorization())) as clients:
        assert is_quick(served)
        until(lambda: len(select.select(clients, [], [], 0.1)[0]) >= len(clients) - 2)
        answered = select.select(clients, [], [], 0)[0]
        heard = [client.recv(2000) for client in answered]
        assert all(text.startswith(b"HTTP/1.1 429") and b"Retry-After: " in text for text in heard)
        assert is_quick(served)
    until(lambda: served.upload(photo)[0] in (200, 201))


def test_a13_a_killed_decoder_is_a_clear_answer_and_then_forgotten(served: Served, photo: bytes) -> None:
    worker, (decoder, *_), slow = served.worker, served.decoders(photo), slow_picture()
    before = ticks(decoder)
    with ThreadPoolExecutor(1) as pool:
        upload = pool.submit(served.upload, slow)
        until(lambda: ticks(decoder) > before + 2)
        os.kill(decoder, signal.SIGKILL)
        status, headers, body = upload.result()
    assert 400 <= status < 500
    assert headers["Content-Type"] == "application/problem+json"
    assert json.loads(body)["code"] == "decode_limit"
    assert served.upload(slow)[0] == 201
    assert served.worker == worker


def test_a13_a_worker_killed_while_it_writes_is_replaced_and_leaves_no_half_blob(served: Served, photo: bytes) -> None:
    unseen = photo + os.urandom(45_000_000)
    blobs = served.folder / "data/blobs"
    assert served.upload(photo)[0] in (200, 201)
    already = set(blobs.rglob("*"))
    with ThreadPoolExecutor(1) as pool:
        upload = pool.submit(served.upload, unseen)
        while not {path for path in blobs.rglob("*") if path.is_file()} - already:
            assert not upload.done()
        os.kill(served.worker, signal.SIGKILL)
        with pytest.raises((OSError, http.client.HTTPException)):
            upload.result()
    until(served.answers)
    store = BlobStore(f"file://{blobs}")
    report = store.verify(grace_s=-60)
    assert report.flipped == ()
    assert all(path.startswith("tmp/") for path in report.stray)
    assert not store.exists(hashlib.sha256(unseen).hexdigest())
    assert served.upload(unseen)[0] == 201


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="needs ../shared/eval/robustness/dev")
def test_a9_no_hostile_file_takes_it_down(served: Served) -> None:
    worker = served.worker
    files = sorted(path for path in HOSTILE.iterdir() if path.is_file())
    assert files
    answers = {path.name: served.upload(path.read_bytes()) for path in files}
    unexpected = {name: (status, body) for name, (status, _, body) in answers.items() if status // 100 not in (2, 4)}
    assert unexpected == {}
    taken = sum(status < 300 for status, _, _ in answers.values())
    assert 0 < taken < len(files)
    assert served.worker == worker
    assert served.ask("GET", "/healthz")[0] == 200


def test_a_zip_of_unknown_length_is_taken_in(served: Served) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(3):
            picture = io.BytesIO()
            Image.new("RGB", (40, 30), (number, 200, 90)).save(picture, "PNG")
            archive.writestr(f"{number}.png", picture.getvalue())
    file.seek(0)
    # No length is announced for what is read piece by piece.
    pieces = iter(lambda: file.read(100), b"")
    status, headers, body = served.ask("POST", "/archives", pieces, **served.authorization())
    assert (status, headers["Content-Type"]) == (200, "application/x-ndjson")
    *taken, end = [json.loads(line) for line in body.splitlines()]
    assert ({line["name"] for line in taken}, end) == ({"0.png", "1.png", "2.png"}, {"end": True})


def test_finishes_what_is_under_way_when_told_to_stop(
    served: Served, photo: bytes, stopped_decoders: list[int]
) -> None:
    """The last test of this service: it ends it."""
    with ThreadPoolExecutor(1) as pool:
        upload = pool.submit(served.upload, never_seen(photo))
        until(lambda: served.places()[0] == "1.0")
        served.process.send_signal(signal.SIGTERM)
        for pid in stopped_decoders:
            os.kill(pid, signal.SIGCONT)
        assert upload.result()[0] == 201
    assert served.process.wait(60) == 0
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in stopped_decoders))
    events = [json.loads(line) for line in served.log.read_text().splitlines()]
    assert {"request"} < {event["event"] for event in events}
    assert all("Traceback" not in event.get("exception", "") for event in events)


def test_d4_does_not_start_with_a_weak_secret(tmp_path: Path) -> None:
    env = os.environ | {"VITRINE_DATA_DIR": str(tmp_path), "VITRINE_SERVICE_SECRET": "changeme"}
    ended = subprocess.run([sys.executable, "-c", CODE], cwd=ROOT, env=env, capture_output=True, timeout=120)
    assert ended.returncode != 0
    assert b"VITRINE_SERVICE_SECRET" in ended.stderr
