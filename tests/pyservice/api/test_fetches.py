"""POST /fetch takes pictures in from outside, and nothing from inside."""

from __future__ import annotations

import hashlib
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pyservice.api.outside import MOST_FETCHES

from ..listener import Listen, Listener, answer

Allowing = Callable[..., FlaskClient]


@pytest.fixture
def allowing(make_app: Callable[..., Flask], signed_in: Callable[[Flask], FlaskClient]) -> Allowing:
    """A client of a service that may ask these servers of the test."""

    def make(*listeners: Listener, **settings: object) -> FlaskClient:
        return signed_in(make_app(fetch_allow=[listener.place for listener in listeners], **settings))

    return make


def fetch(client: FlaskClient, url: str) -> TestResponse:
    return client.post("/fetch", json={"url": url})


def code(response: TestResponse) -> tuple[int, str]:
    return response.status_code, response.get_json(force=True)["code"]


def test_takes_a_picture_in_as_an_upload_does(listen: Listen, allowing: Allowing, photo: bytes) -> None:
    listener = listen(answer(photo, content_disposition='inline; filename="../cup.jpeg"'))
    client = allowing(listener)
    response = fetch(client, listener.url("/x?y=1#z"))
    assert response.status_code == 201
    told = response.get_json()
    assert told.pop("fetched") == {"url": listener.url("/x?y=1"), "name": "cup.jpeg"}
    assert told["id"] == hashlib.sha256(photo).hexdigest()
    assert response.headers["Location"] == f"/blobs/{told['id']}"
    assert client.post("/blobs", data=photo).get_json() == told
    assert client.get(f"/blobs/{told['id']}").data == photo
    assert fetch(client, listener.url("/x")).status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/",
        "http://localhost:{port}/",
        "http://127.1:{port}/",
        "http://2130706433:{port}/",
        "http://0x7f.1:{port}/",
        "http://0177.0.0.1:{port}/",
        "http://0.0.0.0:{port}/",
        "http://[::1]:{port}/",
        "http://[::]:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://[64:ff9b::127.0.0.1]:{port}/",
        "http://[2002:7f00:1::]:{port}/",
        "http://169.254.169.254/latest/meta-data/",
        "http://metadata.google.internal/",
        "http://100.64.0.1/",
        "http://[fe80::1%25lo]:{port}/",
    ],
)
def test_c1_to_c3_the_inside_is_blocked(listen: Listen, client: FlaskClient, photo: bytes, url: str) -> None:
    listener = listen(answer(photo))
    assert code(fetch(client, url.format(port=listener.port))) == (400, "blocked_address")
    assert listener.connections == 0


def test_c5_a_redirect_to_the_inside_is_blocked(listen: Listen, allowing: Allowing, photo: bytes) -> None:
    inside = listen(answer(photo))
    start = listen(answer(status=302, location=inside.url()))
    assert code(fetch(allowing(start), start.url())) == (400, "blocked_address")
    assert inside.connections == 0


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://shop.example/a",
        "data:image/png;base64,AA",
        "shop.example/a.jpg",
        "http://a@b/",
        "x" * 5000,
    ],
)
def test_c7_c8_what_is_no_clear_address_is_refused(client: FlaskClient, url: str) -> None:
    assert code(fetch(client, url)) == (400, "invalid_request")


@pytest.mark.parametrize("body", [{}, {"url": 1}, {"url": ""}, {"url": "http://a.example/", "headers": {}}, []])
def test_wants_an_address_and_nothing_else(client: FlaskClient, body: object) -> None:
    assert code(client.post("/fetch", json=body)) == (400, "invalid_request")


def test_c9_slow_answers_are_cut_off(listen: Listen, allowing: Allowing) -> None:
    listener = listen(lambda connection: threading.Event().wait(60))
    response = fetch(allowing(listener, fetch_timeout_s=0.3), listener.url())
    assert code(response) == (422, "fetch_failed")
    problem = response.get_json(force=True)
    assert problem["detail"] == "Expected an answer within 0.3 s, it took longer"
    assert problem["details"] == {"passing": True}


def test_c9_large_answers_are_cut_off(listen: Listen, allowing: Allowing, photo: bytes) -> None:
    listener = listen(answer(photo))
    client = allowing(listener, max_bytes=len(photo) - 1)
    assert code(fetch(client, listener.url())) == (413, "image_too_large")


@pytest.mark.parametrize("port", [8100, 8080, 27017, 22])
def test_c11_services_on_this_machine_are_not_asked(client: FlaskClient, port: int) -> None:
    url = f"http://127.0.0.1:{port}/"
    assert code(fetch(client, url)) == (400, "blocked_address")
    delivery = client.post("/deliver", json={"url": url, "headers": {}, "body": "{}"})
    assert code(delivery) == (400, "blocked_address")


@pytest.mark.parametrize("inside", [b"<html>intranet</html>", b"\x89PNG\r\n\x1a\nbroken"])
def test_c12_nothing_is_told_of_a_body(listen: Listen, allowing: Allowing, inside: bytes) -> None:
    listener = listen(answer(inside))
    client = allowing(listener)
    response = fetch(client, listener.url())
    assert response.status_code in (415, 422)
    text = response.get_data(as_text=True)
    assert "intranet" not in text
    assert inside[:8].hex(" ") not in text
    assert client.get(f"/blobs/{hashlib.sha256(inside).hexdigest()}").status_code == 404


def test_waiting_for_others_takes_no_place_to_compute(listen: Listen, allowing: Allowing, photo: bytes) -> None:
    go_on = threading.Event()

    def late(connection: socket.socket) -> None:
        go_on.wait(60)
        connection.sendall(answer(photo))

    listener = listen(late)
    client = allowing(listener, concurrency=1, queue=0, fetch_timeout_s=60)
    with ThreadPoolExecutor(MOST_FETCHES) as pool:
        waiting = [pool.submit(fetch, client, listener.url()) for _ in range(MOST_FETCHES)]
        arrived = threading.Event()
        while listener.connections < MOST_FETCHES:
            assert not any(response.done() for response in waiting)
            arrived.wait(0.01)
        surplus = fetch(client, listener.url())
        assert code(surplus) == (429, "too_busy")
        assert int(surplus.headers["Retry-After"]) >= 1
        assert client.post("/blobs", data=photo).status_code == 201
        go_on.set()
        # What was downloaded is taken in, although one place to compute is all there is.
        assert {response.result(60).status_code for response in waiting} == {200}


def test_strangers_fetch_nothing(listen: Listen, stranger: FlaskClient, photo: bytes) -> None:
    listener = listen(answer(photo))
    assert fetch(stranger, listener.url()).status_code == 401
    assert listener.connections == 0
