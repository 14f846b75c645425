"""Names are looked up by the system, and what it does not know is no address."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address

import pytest

from pyservice.errors import FetchFailed
from pyservice.scraping.line import allowed_places, look_up


def failing(number: int) -> object:
    """Stands for a name server, which tests have none of."""

    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(number, "words of the system")

    return fail


def test_knows_every_address_of_a_name_once() -> None:
    found = look_up("localhost")
    assert IPv4Address("127.0.0.1") in found
    assert len(found) == len(set(found))


def test_a_name_that_nobody_knows_has_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", failing(socket.EAI_NONAME))
    assert look_up("none.example") == []


def test_a_name_server_that_is_down_is_another_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", failing(socket.EAI_AGAIN))
    with pytest.raises(FetchFailed, match="the name server gives no answer"):
        look_up("shop.example")


def test_c10_allowed_places_are_read_as_addresses_are() -> None:
    given = ["images.lan:8080", "10.0.0.1:080", "[2001:DB8:0::1]:443"]
    assert allowed_places(given) == {("images.lan", 8080), ("10.0.0.1", 80), ("2001:db8::1", 443)}
