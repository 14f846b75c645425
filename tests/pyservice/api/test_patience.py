"""A peer is waited for as long as it keeps up."""

import socket
import threading
from collections.abc import Iterator

import pytest

from pyservice.api.patience import MAX_HEAD_BYTES, Head, PatientSocket, patient

HEAD = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, PatientSocket]]:
    """The client's end, and ours. TCP, for its low-water mark."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        client = socket.create_connection(server.getsockname())
        ours = patient(server.accept()[0])
    with client, ours:
        yield client, ours


def arrived(ours: socket.socket, count: int) -> None:
    """Wait until so many bytes can be read."""
    ours.setblocking(True)
    while len(ours.recv(count, socket.MSG_PEEK)) < count:
        pass


def test_a_head_is_partial_until_its_empty_line_and_none_of_it_is_taken(
    pair: tuple[socket.socket, PatientSocket],
) -> None:
    client, ours = pair
    assert ours.head() is Head.PARTIAL
    client.sendall(HEAD[:10])
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1)
    arrived(ours, 10)
    assert ours.head() is Head.PARTIAL
    client.sendall(HEAD[10:])
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1)
    arrived(ours, len(HEAD))
    assert ours.head() is Head.WHOLE
    ours.setblocking(True)
    assert ours.recv(1000) == HEAD


def test_half_a_head_does_not_count_as_readable(pair: tuple[socket.socket, PatientSocket]) -> None:
    client, ours = pair
    client.sendall(HEAD[:10])
    arrived(ours, 10)
    assert ours.head() is Head.PARTIAL
    assert ours.getsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT) == 11


@pytest.mark.parametrize("sent", [b"", HEAD[:10]])
def test_who_left_sends_no_head_any_more(pair: tuple[socket.socket, PatientSocket], sent: bytes) -> None:
    client, ours = pair
    if sent:
        client.sendall(sent)
        arrived(ours, len(sent))
        assert ours.head() is Head.PARTIAL
    client.close()
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, len(sent) + 1)
    ours.settimeout(30)
    socket.socket.recv(ours, len(sent) + 1, socket.MSG_PEEK)  # wakes when the end has come
    assert ours.head() is Head.NEVER


def test_an_endless_head_goes_to_the_parser(pair: tuple[socket.socket, PatientSocket]) -> None:
    client, ours = pair
    sender = threading.Thread(target=client.sendall, args=(b"x" * MAX_HEAD_BYTES,))
    sender.start()
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, MAX_HEAD_BYTES)
    arrived(ours, MAX_HEAD_BYTES)
    sender.join()
    assert ours.head() is Head.WHOLE


def test_a_silent_peer_counts_as_gone(pair: tuple[socket.socket, PatientSocket]) -> None:
    _, ours = pair
    ours.patience_s = 0.05
    ours.begin()
    ours.setblocking(True)
    with pytest.raises(ConnectionResetError):
        ours.recv(10)


def test_a_byte_now_and_then_does_not_do(pair: tuple[socket.socket, PatientSocket]) -> None:
    client, ours = pair
    ours.patience_s = 0.3
    ours.begin()
    ours.setblocking(True)
    stop = threading.Event()

    def drip() -> None:
        while not stop.wait(0.01):
            client.sendall(b"x")

    sender = threading.Thread(target=drip)
    sender.start()
    try:
        with pytest.raises(ConnectionResetError):
            list(iter(lambda: ours.recv(1), b""))
    finally:
        stop.set()
        sender.join()


def test_a_peer_that_is_hurried_has_less_time(pair: tuple[socket.socket, PatientSocket]) -> None:
    _, ours = pair
    ours.setblocking(True)
    ours.patience_s = 1e9
    ours.hurry()
    with pytest.raises(ConnectionResetError):
        ours.recv(10)


def test_much_is_sent_whole(pair: tuple[socket.socket, PatientSocket]) -> None:
    client, ours = pair
    ours.setblocking(True)
    data = bytes(range(256)) * 4000
    sender = threading.Thread(target=ours.sendall, args=(data,))
    sender.start()
    received = b""
    while len(received) < len(data):
        received += client.recv(1 << 20)
    sender.join()
    assert received == data


def test_a_closed_one_may_be_told_to_block(pair: tuple[socket.socket, PatientSocket]) -> None:
    pair[1].close()
    pair[1].setblocking(True)
