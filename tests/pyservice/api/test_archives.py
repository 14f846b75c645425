"""A zip of pictures comes in whole, in part, or not at all."""

import base64
import hashlib
import io
import json
import socket
import stat
import threading
import time
import zipfile
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from pyservice.api import create_app
from pyservice.config import Settings
from pyservice.jobs import Engine, Ingested, spool
from pyservice.jobs.ingesting import Proven

from ..patience import until
from .archive_calls import ask, left_over, picture, stored, told, zipped
from .endless import Endless


def test_pictures_and_the_table_are_told_as_blobs_are(own_client: FlaskClient) -> None:
    table = b"filename,sku\nshoes/a.png,A-1\n"
    lines = told(
        ask(
            own_client,
            zipped(
                {
                    "shoes/a.png": picture(1),
                    "b.png": picture(2),
                    "products.csv": table,
                    "notes.txt": b"",
                    "__MACOSX/._b.png": b"x",
                }
            ),
        )
    )
    assert lines.keys() == {"shoes/a.png", "b.png", "products.csv"}
    assert lines["products.csv"] == {
        "name": "products.csv",
        "status": "table",
        "table": base64.b64encode(table).decode(),
    }
    assert lines["b.png"]["status"] == "taken"
    assert lines["shoes/a.png"]["blob"] == own_client.post("/blobs", data=picture(1)).get_json()
    assert own_client.get(f"/blobs/{hashlib.sha256(picture(2)).hexdigest()}").data == picture(2)
    assert left_over(own_client) == []


def test_a_broken_picture_fails_alone(own_client: FlaskClient) -> None:
    lines = told(ask(own_client, zipped({"good.png": picture(1), "bad.png": picture(2)[:60], "page.jpg": b"<html>"})))
    assert lines["good.png"]["status"] == "taken"
    assert (lines["bad.png"]["status"], lines["bad.png"]["problem"]["code"]) == ("failed", "broken_image")
    assert lines["page.jpg"]["problem"]["code"] == "unsupported_format"
    assert lines["page.jpg"]["problem"].keys() == {"code", "status", "detail"}


def test_a_second_table_fails_alone(own_client: FlaskClient) -> None:
    lines = told(ask(own_client, zipped({"a.png": picture(1), "x/1.csv": b"filename\n", "x/2.CSV": b"filename\n"})))
    assert [lines[name]["status"] for name in ("x/1.csv", "x/2.CSV", "a.png")] == ["table", "failed", "taken"]
    assert lines["x/2.CSV"]["problem"]["code"] == "invalid_table"


def test_a_table_that_is_too_large_fails_alone(own_client: FlaskClient) -> None:
    lines = told(ask(own_client, zipped({"a.png": picture(1), "t.csv": b"x" * 32_000_001})))
    assert (lines["a.png"]["status"], lines["t.csv"]["problem"]["code"]) == ("taken", "invalid_table")


def test_names_that_come_twice_are_both_taken(own_client: FlaskClient) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped([("a.png", picture(1)), ("a.png", picture(2))])
    lines = [json.loads(line) for line in ask(own_client, data).data.splitlines()]
    blobs = {line["blob"]["id"] for line in lines if line.get("status") == "taken"}
    assert blobs == {hashlib.sha256(picture(shade)).hexdigest() for shade in (1, 2)}


def test_a_zip64_is_read(own_client: FlaskClient) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive, archive.open("a.png", "w", force_zip64=True) as member:
        member.write(picture(1))
    assert told(ask(own_client, file.getvalue()))["a.png"]["status"] == "taken"


def test_b5_an_archive_beyond_the_limit_is_413(own_client: FlaskClient) -> None:
    answer = ask(own_client, b"x" * 20_000_001)
    assert (answer.status_code, answer.get_json(force=True)["code"]) == (413, "image_too_large")
    assert left_over(own_client) == []


def test_b5_an_archive_without_length_is_cut_at_the_limit(own_client: FlaskClient) -> None:
    body = Endless()
    environ = {"wsgi.input_terminated": True, "CONTENT_LENGTH": ""}
    answer = own_client.post("/archives", input_stream=body, environ_overrides=environ)
    assert (answer.status_code, answer.get_json(force=True)["code"]) == (413, "image_too_large")
    assert body.taken < 61_000_000
    assert left_over(own_client) == []


def test_an_archive_that_the_disk_has_no_room_for_is_507(
    own_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool, "_RESERVE_BYTES", 10**18)
    answer = ask(own_client, zipped({"a.png": picture(1)}))
    assert (answer.status_code, answer.get_json(force=True)["code"]) == (507, "storage_full")
    assert stored(own_client) == []
    assert left_over(own_client) == []


def test_strangers_bring_nothing_in(own_client: FlaskClient) -> None:
    assert own_client.application.test_client().post("/archives", data=zipped({"a.png": picture(1)})).status_code == 401
    assert stored(own_client) == []


class SlowEngine(Engine):
    """The real engine, which holds each picture until the test opens the gate."""

    gate: threading.Event

    def prove(self, data: bytes) -> Proven:
        assert self.gate.wait(60)
        return super().prove(data)


@pytest.fixture
def slow(make_settings: Callable[..., Settings]) -> Iterator[tuple[Flask, threading.Event]]:
    engine = SlowEngine(make_settings())
    engine.gate = threading.Event()
    yield create_app(make_settings(), engine), engine.gate
    engine.gate.set()
    engine.close()


def test_a12_two_archives_at_once_and_the_third_is_told_to_come_back(
    slow: tuple[Flask, threading.Event], signed_in: Callable[[Flask], FlaskClient]
) -> None:
    app, gate = slow
    data = zipped({f"{number}.png": picture(number) for number in range(5)})
    answers = [signed_in(app).post("/archives", data=data, buffered=False) for _ in range(2)]
    refused = ask(signed_in(app), data)
    assert (refused.status_code, refused.get_json(force=True)["code"]) == (429, "too_busy")
    assert int(refused.headers["Retry-After"]) >= 1
    gate.set()
    for answer in answers:
        assert len(told(answer)) == 5
    until(lambda: app.extensions["vitrine"].archives.busy == 0)
    assert len(told(ask(signed_in(app), data))) == 5


def test_pictures_of_an_archive_let_others_go_first(
    slow: tuple[Flask, threading.Event], signed_in: Callable[[Flask], FlaskClient]
) -> None:
    app, gate = slow
    places = app.extensions["vitrine"].places
    with places.taken(), places.taken():
        answer = signed_in(app).post("/archives", data=zipped({"a.png": picture(1)}), buffered=False)
        assert (places.busy, places.waiting) == (2, 0)
        gate.set()
        time.sleep(0.1)
        assert list(app.extensions["vitrine"].engine.store.ids()) == []
    assert told(answer)["a.png"]["status"] == "taken"


def test_who_hangs_up_leaves_nothing_behind(
    slow: tuple[Flask, threading.Event], signed_in: Callable[[Flask], FlaskClient]
) -> None:
    app, gate = slow
    data = zipped({f"{number}.png": picture(number) for number in range(50)})
    answer = signed_in(app).post("/archives", data=data, buffered=False)
    service = app.extensions["vitrine"]
    until(lambda: service.places.busy == 2)
    answer.close()
    gate.set()
    until(lambda: service.archives.busy == 0 and service.places.busy == 0)
    # Two were under way; the others were never begun.
    assert len(list(service.engine.store.ids())) <= 4
    assert left_over(signed_in(app)) == []


def test_an_upload_that_breaks_off_leaves_nothing_behind(own_client: FlaskClient, token: Callable[..., str]) -> None:
    app = own_client.application
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    service = app.extensions["vitrine"]
    try:
        with socket.create_connection(("127.0.0.1", server.server_port)) as caller:
            head = f"POST /archives HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token()}\r\nContent-Length: 9000\r\n"
            caller.sendall(head.encode() + b"\r\n" + zipped({"a.png": picture(1)}))
            until(lambda: service.archives.busy == 1)
        until(lambda: service.archives.busy == 0)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert stored(own_client) == []
    assert left_over(own_client) == []
    assert stat.S_IMODE((service.settings.data_dir / "tmp").stat().st_mode) == 0o700


class BuggyEngine(Engine):
    """The real engine, with a bug that one picture shows."""

    def keep(self, proven: Proven) -> Ingested:
        ingested = super().keep(proven)
        if ingested.facts.width == 13:
            raise ZeroDivisionError("secret of the engine")
        return ingested


def test_a_bug_that_one_picture_shows_does_not_stop_the_others(
    make_settings: Callable[..., Settings], signed_in: Callable[[Flask], FlaskClient]
) -> None:
    engine = BuggyEngine(make_settings())
    try:
        client = signed_in(create_app(make_settings(), engine))
        answer = ask(client, zipped({"a.png": picture(1), "b.png": picture(2, (13, 13)), "c.png": picture(3)}))
    finally:
        engine.close()
    lines = told(answer)
    assert [lines[name]["status"] for name in ("a.png", "b.png", "c.png")] == ["taken", "failed", "taken"]
    assert (lines["b.png"]["problem"]["code"], lines["b.png"]["problem"]["status"]) == ("internal_error", 500)
    assert "secret" not in answer.get_data(as_text=True)
