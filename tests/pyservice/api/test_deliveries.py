"""POST /deliver carries a message out, and brings nothing back but a status."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pyservice import __version__
from pyservice.api import deliveries

from ..listener import Listen, Listener, answer

HEADERS = {"webhook-id": "msg_1", "webhook-timestamp": "1700000000", "webhook-signature": "v1,abc= v1,def="}
Allowing = Callable[[Listener], FlaskClient]


@pytest.fixture
def allowing(make_app: Callable[..., Flask], signed_in: Callable[[Flask], FlaskClient]) -> Allowing:
    """A client of a service that may ask this server of the test."""
    return lambda listener: signed_in(make_app(fetch_allow=[listener.place]))


def deliver(client: FlaskClient, url: str, body: str = '{"a": "ö"}', **more: object) -> TestResponse:
    return client.post("/deliver", json={"url": url, "headers": HEADERS, "body": body, **more})


def code(response: TestResponse) -> tuple[int, str]:
    return response.status_code, response.get_json(force=True)["code"]


def test_hands_the_text_over_with_its_headers(listen: Listen, allowing: Allowing) -> None:
    listener = listen(answer(status=204))
    response = deliver(allowing(listener), listener.url("/hook?x=1"))
    assert response.status_code == 200
    told = response.get_json()
    assert told["status"] == 204
    assert 0 < told["elapsed_ms"] < 60_000
    assert set(told) == {"status", "elapsed_ms"}
    assert listener.bodies == ['{"a": "ö"}'.encode()]
    lines = listener.heads[0].decode().splitlines()
    assert lines[0] == "POST /hook?x=1 HTTP/1.1"
    assert dict(line.lower().split(": ", 1) for line in lines[1:]) == {
        **HEADERS,
        "host": listener.place,
        "user-agent": f"vitrine/{__version__}",
        "accept-encoding": "identity",
        "content-type": "application/json",
        "content-length": "11",
        "connection": "close",
    }


@pytest.mark.parametrize("status", [200, 301, 302, 307, 400, 410, 500])
def test_tells_the_status_whatever_it_is_and_follows_no_redirect(
    listen: Listen, allowing: Allowing, status: int
) -> None:
    listener = listen(answer(b"secret", status=status, location="/elsewhere"))
    response = deliver(allowing(listener), listener.url())
    assert response.get_json()["status"] == status
    assert b"secret" not in response.data
    assert listener.connections == 1


def test_does_not_wait_for_the_body_of_the_answer(listen: Listen, allowing: Allowing) -> None:
    over = threading.Event()

    def endless(connection: object) -> None:
        connection.sendall(b"HTTP/1.1 200 Fine\r\nContent-Length: 1000000\r\n\r\n")  # type: ignore[attr-defined]
        over.wait(60)

    listener = listen(endless)
    assert deliver(allowing(listener), listener.url()).get_json()["status"] == 200
    over.set()


def test_c9_a_place_that_does_not_answer_is_given_up(
    listen: Listen, allowing: Allowing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "DELIVERY_TIMEOUT_S", 0.3)
    listener = listen(lambda connection: threading.Event().wait(60))
    assert code(deliver(allowing(listener), listener.url())) == (422, "fetch_failed")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"])  # noqa: S104
def test_c11_nothing_is_delivered_inside(listen: Listen, client: FlaskClient, host: str) -> None:
    listener = listen(answer(status=204))
    assert code(deliver(client, f"http://{host}:{listener.port}/")) == (400, "blocked_address")
    assert listener.connections == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": "Bearer x"},
        {"host": "evil.example"},
        {"content-type": "text/html"},
        {"x-webhook-id": "1"},
        {"webhook-": "1"},
        {"webhook-id: a\r\nx": "1"},
        {"webhook-id": "a\r\nHost: evil.example"},
        {"webhook-id": "a\n"},
        {"webhook-id": "ä"},
        {"webhook-id": ""},
        {"webhook-id": 1},
        {f"webhook-{number}": "1" for number in range(11)},
    ],
)
def test_carries_no_other_headers(listen: Listen, allowing: Allowing, headers: dict[str, str]) -> None:
    listener = listen(answer(status=204))
    assert code(deliver(allowing(listener), listener.url(), headers=headers)) == (400, "invalid_request")
    assert listener.connections == 0


def test_carries_at_most_100_kilobytes(listen: Listen, allowing: Allowing) -> None:
    listener = listen(answer(status=204))
    client = allowing(listener)
    assert deliver(client, listener.url(), "ö" * 50_000).get_json()["status"] == 204
    assert code(deliver(client, listener.url(), "ö" * 50_000 + "x")) == (400, "invalid_request")
    assert listener.connections == 1


def test_a_text_that_is_none_is_refused(client: FlaskClient) -> None:
    text = json.dumps({"url": "http://a.example/", "headers": {}, "body": "\ud800"})
    assert code(client.post("/deliver", data=text, content_type="application/json")) == (400, "invalid_request")


def test_strangers_deliver_nothing(listen: Listen, stranger: FlaskClient) -> None:
    listener = listen(answer(status=204))
    assert deliver(stranger, listener.url()).status_code == 401
    assert listener.connections == 0
