"""Downloads: pictures only, whole ones, and no more of them than the limits allow."""

from __future__ import annotations

import gzip
import io
import socket
import zlib
from collections.abc import Callable

import pytest
from PIL import Image

from pyservice.errors import FetchFailed, ImageTooLarge, UnsupportedFormat
from pyservice.scraping import GuardedClient, download

from ..listener import Listen, Listener, answer

LIMIT = 1_000_000


@pytest.fixture(scope="module")
def png() -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").save(file, "PNG")
    return file.getvalue()


def fetched(listener: Listener, path: str = "/a.png") -> tuple[str, str, bytes]:
    client = GuardedClient([listener.place])
    with download(client, listener.url(path), max_bytes=LIMIT, timeout_s=30) as downloaded:
        return downloaded.url, downloaded.name, downloaded.file.read()


def test_brings_a_picture_with_its_name_and_address(listen: Listen, png: bytes) -> None:
    listener = listen(answer(png, content_type="text/html"))
    assert fetched(listener, "/shop/red%20shoe.png?v=1#x") == (
        listener.url("/shop/red%20shoe.png?v=1"),
        "red shoe.png",
        png,
    )


def test_tells_the_address_it_came_from_in_the_end(listen: Listen, png: bytes) -> None:
    def handle(connection: socket.socket) -> None:
        first = b"GET /a.png" in listener.heads[-1]
        connection.sendall(answer(status=301, location="/b.png") if first else answer(png))

    listener = listen(handle)
    assert fetched(listener)[:2] == (listener.url("/b.png"), "b.png")


@pytest.mark.parametrize("status", [304, 400, 401, 404, 429, 500, 503, 999])
def test_tells_the_status_of_a_refusal(listen: Listen, status: int) -> None:
    with pytest.raises(FetchFailed, match=f"answered {status}$") as caught:
        fetched(listen(answer(b"Apache/2.4.1 at wiki.corp", status=status)))
    assert caught.value.details == {"passing": status in (429, 500, 503, 999)}


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>secret</html>", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"root:x:0:0:" * 500],
)
def test_c12_what_is_no_picture_is_told_without_a_word_of_it(listen: Listen, body: bytes) -> None:
    with pytest.raises(UnsupportedFormat) as caught:
        fetched(listen(answer(body, content_type="image/png")))
    assert caught.value.message == "Expected a picture from 127.0.0.1, what it sent is none"


def test_what_begins_like_no_picture_is_not_read_on(listen: Listen) -> None:
    def endless(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 Fine\r\n\r\n")
        while True:
            connection.sendall(b"<p>" * 10_000)

    with pytest.raises(UnsupportedFormat):
        fetched(listen(endless))


def test_c9_more_bytes_than_allowed_are_refused(listen: Listen, png: bytes) -> None:
    exact = png + bytes(LIMIT - len(png))
    assert len(fetched(listen(answer(exact)))[2]) == LIMIT
    with pytest.raises(ImageTooLarge, match="announced more"):
        fetched(listen(answer(exact + b"x")))
    with pytest.raises(ImageTooLarge, match="received more"):
        fetched(listen(b"HTTP/1.1 200 Fine\r\n\r\n" + exact + b"x"))


def with_length(length: str, body: bytes) -> bytes:
    return b"HTTP/1.1 200 Fine\r\nContent-Length: " + length.encode() + b"\r\n\r\n" + body


@pytest.mark.parametrize("length", ["-1", "x", "\u00b2", ""])
def test_c9_a_length_that_is_none_does_no_harm(listen: Listen, png: bytes, length: str) -> None:
    assert fetched(listen(with_length(length, png)))[2] == png


@pytest.mark.parametrize("length", ["9" * 30, "9" * 5000])
def test_c9_a_length_beyond_all_measure_is_too_large(listen: Listen, png: bytes, length: str) -> None:
    with pytest.raises(ImageTooLarge, match="announced more"):
        fetched(listen(with_length(length, png)))


def test_c9_two_lengths_are_no_answer(listen: Listen, png: bytes) -> None:
    with pytest.raises(FetchFailed, match="the connection broke off"):
        fetched(listen(with_length("1, 2", png)))


BOMBS: dict[str, Callable[[bytes], tuple[str, bytes]]] = {
    "gzip": lambda png: ("gzip", gzip.compress(png + bytes(200_000_000), 9)),
    "gzip twice": lambda png: ("gzip, gzip", gzip.compress(gzip.compress(png + bytes(200_000_000), 9))),
    "deflate": lambda png: ("deflate", zlib.compress(png + bytes(200_000_000), 9)),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_c9_a_packed_bomb_is_cut_off_at_the_limit(listen: Listen, png: bytes, kind: str) -> None:
    encoding, body = BOMBS[kind](png)
    assert len(body) < LIMIT
    with pytest.raises(ImageTooLarge, match="received more"):
        fetched(listen(answer(body, content_encoding=encoding)))


def test_a_picture_that_came_packed_is_unpacked(listen: Listen, png: bytes) -> None:
    assert fetched(listen(answer(gzip.compress(png), content_encoding="gzip")))[2] == png


def test_packed_bytes_that_are_none_are_no_whole_answer(listen: Listen, png: bytes) -> None:
    with pytest.raises(FetchFailed, match="the connection broke off"):
        fetched(listen(answer(png, content_encoding="gzip")))
