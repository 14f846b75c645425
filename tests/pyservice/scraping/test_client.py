"""The guarded client against servers that want it elsewhere: SECURITY_TESTS C1 to C6 and C9 to C12."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pyservice import __version__
from pyservice.errors import BlockedAddress, FetchFailed, ImageTooLarge, InvalidConfig, InvalidRequest, VitrineError
from pyservice.scraping import GuardedClient

from ..listener import Listen, answer
from .internet import Internet

LOOPBACK = "127.0.0.1 localhost 0.0.0.0 [::] [::1] 127.1 2130706433 0x7f.1 0177.0.0.1"
PUBLIC, OTHER = "93.184.216.34", "151.101.1.140"


def get(client: GuardedClient, url: str, timeout_s: float = 30, max_bytes: int = 1_000_000) -> tuple[str, int, bytes]:
    with client.get(url, timeout_s=timeout_s, max_bytes=max_bytes) as answer:
        return answer.url.text, answer.status, b"".join(answer.pieces(max_bytes))


def outside(net: Internet, *fetch_allow: str, **more: Any) -> GuardedClient:
    """A client in the test's internet."""
    return GuardedClient(fetch_allow, resolve=net.resolve, connect=net.connect, **more)


# ---- C1 to C3: the inside


@pytest.mark.parametrize("host", LOOPBACK.split())
def test_c1_loopback_is_blocked_and_not_connected_to(listen: Listen, host: str) -> None:
    listener = listen(answer(b"secret"))
    with pytest.raises(BlockedAddress):
        get(GuardedClient(), f"http://{host}:{listener.port}/")
    assert listener.connections == 0


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1",
        "172.16.0.1",
        "192.168.0.1",
        "100.64.0.1",
        "169.254.169.254",
        "fd00::1",
        "fe80::1",
        "ff02::1",
        "224.0.0.1",
    ],
)
def test_c2_names_of_the_inside_are_blocked_and_not_connected_to(address: str) -> None:
    net = Internet({"shop.example": [address]}, {})
    with pytest.raises(BlockedAddress):
        get(outside(net), "http://shop.example/")
    assert net.connected == []


@pytest.mark.parametrize(
    "name", ["metadata.google.internal", "localhost", "a.localhost", "printer.local", "nas.home.arpa"]
)
def test_c2_names_that_are_never_public_are_not_even_looked_up(name: str) -> None:
    net = Internet({name: [PUBLIC]}, {})
    with pytest.raises(BlockedAddress):
        get(outside(net), f"http://{name}/")
    assert (net.asked, net.connected) == ([], [])


@pytest.mark.parametrize(
    "address", ["::ffff:10.0.0.1", "::10.0.0.1", "2002:c0a8:101::", "64:ff9b::172.16.0.1", "2001::1"]
)
def test_c3_wrapped_addresses_are_blocked_and_not_connected_to(address: str) -> None:
    net = Internet({"shop.example": [address]}, {})
    for url in ("http://shop.example/", f"http://[{address}]/"):
        with pytest.raises(BlockedAddress):
            get(outside(net), url)
    assert net.connected == []


@pytest.mark.parametrize("address", [PUBLIC, "2606:4700:4700::1111", "64:ff9b::8.8.8.8"])
def test_c4_public_addresses_are_asked(listen: Listen, address: str) -> None:
    listener = listen(answer(b"hello"))
    shown = str(Internet({"x": [address]}, {}).resolve("x")[0])
    net = Internet({"shop.example": [address]}, {shown: listener.port})
    assert get(outside(net), "http://shop.example:8080/a") == ("http://shop.example:8080/a", 200, b"hello")
    assert net.connected == [(shown, 8080)]


def test_c4_a_public_address_may_be_named_itself(listen: Listen) -> None:
    listener = listen(answer(b"hello"))
    net = Internet({}, {"2606:4700:4700::1111": listener.port})
    assert get(outside(net), "http://[2606:4700:4700:0:0:0:0:1111]:8080/")[2] == b"hello"
    assert b"Host: [2606:4700:4700::1111]:8080\r\n" in listener.heads[0]
    assert net.asked == []


# ---- C5: redirects


def test_c5_redirects_are_followed(listen: Listen) -> None:
    end = listen(answer(b"there"))
    start = listen(answer(status=302, location="http://cdn.example/there"))
    net = Internet({"shop.example": [PUBLIC], "cdn.example": [OTHER]}, {PUBLIC: start.port, OTHER: end.port})
    assert get(outside(net), "http://shop.example/") == ("http://cdn.example/there", 200, b"there")
    assert b"Host: cdn.example\r\n" in end.heads[0]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_c5_a_redirect_to_the_inside_is_blocked_at_that_hop(listen: Listen, status: int) -> None:
    inside = listen(answer(b"secret"))
    start = listen(answer(status=status, location=inside.url()))
    with pytest.raises(BlockedAddress):
        get(GuardedClient([start.place]), start.url())
    assert (start.connections, inside.connections) == (1, 0)


def test_c5_a_redirect_to_another_scheme_is_refused(listen: Listen) -> None:
    start = listen(answer(status=302, location="file:///etc/passwd"))
    with pytest.raises(InvalidRequest):
        get(GuardedClient([start.place]), start.url())


def test_c5_a_loop_ends_after_five_redirects(listen: Listen) -> None:
    start = listen(answer(status=302, location="/again"))
    with pytest.raises(FetchFailed, match="at most 5 redirects"):
        get(GuardedClient([start.place]), start.url())
    assert start.connections == 6


def test_c5_five_hops_are_fine_and_six_are_not(listen: Listen) -> None:
    def count_down(connection: socket.socket) -> None:
        left = int(start.heads[-1].split()[1][1:])
        head = f"HTTP/1.1 302 Go on\r\nLocation: /{left - 1}\r\n" if left else "HTTP/1.1 200 Fine\r\n"
        connection.sendall(f"{head}Content-Length: 0\r\n\r\n".encode())

    start = listen(count_down)
    client = GuardedClient([start.place])
    assert get(client, start.url("/5"))[:2] == (start.url("/0"), 200)
    with pytest.raises(FetchFailed):
        get(client, start.url("/6"))


def test_c5_a_stranger_does_not_redirect_to_an_allowed_place(listen: Listen) -> None:
    inside = listen(answer(b"of the operator"))
    stranger = listen(answer(status=302, location=inside.url()))
    net = Internet({"shop.example": [PUBLIC]}, {PUBLIC: stranger.port, "127.0.0.1": inside.port})
    client = outside(net, inside.place)
    with pytest.raises(BlockedAddress):
        get(client, "http://shop.example/")
    assert inside.connections == 0
    assert get(client, inside.url())[2] == b"of the operator"


def test_c5_an_allowed_place_redirects_to_an_allowed_place(listen: Listen) -> None:
    second = listen(answer(b"there"))
    first = listen(answer(status=302, location=second.url("/b")))
    assert get(GuardedClient([first.place, second.place]), first.url())[2] == b"there"


# ---- C6: names that change


def test_c6_a_name_is_looked_up_once_and_what_was_vetted_is_connected_to(listen: Listen) -> None:
    listener = listen(answer(b"hello"))
    inside = listen(answer(b"secret"))
    net = Internet({}, {PUBLIC: listener.port, "127.0.0.1": inside.port})
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])

    def rebinding(host: str) -> Any:
        net.names[host] = next(answers)
        return net.resolve(host)

    client = GuardedClient(resolve=rebinding, connect=net.connect)
    assert get(client, "http://shop.example/")[2] == b"hello"
    assert net.connected == [(PUBLIC, 80)]
    with pytest.raises(BlockedAddress):
        get(client, "http://shop.example/")
    assert net.connected == [(PUBLIC, 80)]


@pytest.mark.parametrize("inside", ["127.0.0.1", "fd00::1", "::ffff:10.0.0.1", "169.254.169.254"])
def test_c6_one_address_of_the_inside_spoils_the_public_ones(inside: str) -> None:
    for addresses in ([PUBLIC, inside], [inside, PUBLIC]):
        net = Internet({"shop.example": addresses}, {})
        with pytest.raises(BlockedAddress):
            get(outside(net), "http://shop.example/")
        assert net.connected == []


def test_c6_a_redirect_to_the_same_name_is_vetted_again(listen: Listen) -> None:
    start = listen(answer(status=302, location="/b"))
    net = Internet({}, {PUBLIC: start.port})
    answers = iter([[PUBLIC], ["10.0.0.1"]])

    def rebinding(host: str) -> Any:
        net.names[host] = next(answers)
        return net.resolve(host)

    with pytest.raises(BlockedAddress):
        get(GuardedClient(resolve=rebinding, connect=net.connect), "http://shop.example/")
    assert net.connected == [(PUBLIC, 80)]


def test_tries_the_next_address_when_one_does_not_answer(listen: Listen) -> None:
    listener = listen(answer(b"hello"))
    net = Internet({"shop.example": [OTHER, PUBLIC]}, {PUBLIC: listener.port})
    assert get(outside(net), "http://shop.example/")[2] == b"hello"
    assert net.connected == [(OTHER, 80), (PUBLIC, 80)]


# ---- C9: limits


def trickle(start: bytes, again: bytes, pause_s: float = 0.0) -> Callable[[socket.socket], None]:
    """Say `start`, then `again` for ever."""

    def handle(connection: socket.socket) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(again)
            time.sleep(pause_s)

    return handle


SLOW = {
    "body": trickle(b"HTTP/1.1 200 Fine\r\nContent-Length: 100000\r\n\r\n", b"x", 0.02),
    "chunks": trickle(b"HTTP/1.1 200 Fine\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", 0.02),
    "size of a chunk": trickle(b"HTTP/1.1 200 Fine\r\nTransfer-Encoding: chunked\r\n\r\n", b"0", 0.02),
    "trailers": trickle(b"HTTP/1.1 200 Fine\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"a: b\r\n", 0.02),
    "headers": trickle(b"HTTP/1.1 200 Fine\r\n", b"x", 0.02),
    "status": trickle(b"", b"H", 0.02),
    "continues": trickle(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.02),
    "silence": lambda connection: threading.Event().wait(60),
}


@pytest.mark.parametrize("kind", SLOW)
def test_c9_what_drips_is_cut_off_when_the_time_is_over(listen: Listen, kind: str) -> None:
    listener = listen(SLOW[kind])
    with pytest.raises(FetchFailed, match=r"within 0\.5 s, it took longer"):
        get(GuardedClient([listener.place]), listener.url(), timeout_s=0.5)


def test_c9_the_time_is_for_all_hops_together(listen: Listen) -> None:
    def late(connection: socket.socket) -> None:
        time.sleep(0.2)
        connection.sendall(b"HTTP/1.1 302 Go on\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n")

    listener = listen(late)
    with pytest.raises(FetchFailed, match="it took longer"):
        get(GuardedClient([listener.place]), listener.url(), timeout_s=0.5)


def test_c9_a_lookup_that_hangs_is_left_behind() -> None:
    over = threading.Event()

    def hang(_host: str) -> Any:
        over.wait(60)
        return []

    with pytest.raises(FetchFailed, match="it took longer"):
        get(GuardedClient(resolve=hang), "http://shop.example/", timeout_s=0.3)
    over.set()


def test_c9_a_connection_that_nobody_accepts_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server:
        place = server.getsockname()
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(place)
        with pytest.raises(FetchFailed):
            get(GuardedClient([f"127.0.0.1:{place[1]}"]), f"http://127.0.0.1:{place[1]}/", timeout_s=0.5)
        for filler in fillers:
            filler.close()


CHUNKED = b"HTTP/1.1 200 Fine\r\nTransfer-Encoding: chunked\r\n\r\n"
ENDLESS = {
    "body": trickle(b"HTTP/1.1 200 Fine\r\n\r\n", bytes(60_000)),
    "chunks": trickle(CHUNKED, b"ea60\r\n" + bytes(60_000) + b"\r\n"),
}
ENDLESS_FRAMING = {
    "headers": trickle(b"HTTP/1.1 200 Fine\r\n", b"a: b\r\n" * 1000),
    "long headers": trickle(b"HTTP/1.1 200 Fine\r\n", b"a: " + b"b" * 60_000 + b"\r\n"),
    "one header": trickle(b"HTTP/1.1 200 Fine\r\n", b"a" * 60_000),
    "continues": trickle(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
    "size of a chunk": trickle(CHUNKED, b"0" * 60_000),
    "notes on a chunk": trickle(CHUNKED, (b"1;" + b"x" * 4000 + b"\r\nx\r\n") * 10),
    "trailers": trickle(CHUNKED + b"0\r\n", b"a: b\r\n" * 1000),
}


@pytest.mark.parametrize("kind", ENDLESS)
def test_c9_a_body_that_never_ends_is_cut_off_at_the_limit(listen: Listen, kind: str) -> None:
    listener = listen(ENDLESS[kind])
    with pytest.raises(ImageTooLarge, match="at most 1,000,000 bytes"):
        get(GuardedClient([listener.place]), listener.url())


@pytest.mark.parametrize("kind", ENDLESS_FRAMING)
def test_c9_what_never_ends_around_a_body_is_cut_off_before_its_time(listen: Listen, kind: str) -> None:
    listener = listen(ENDLESS_FRAMING[kind])
    with pytest.raises(FetchFailed) as caught:
        get(GuardedClient([listener.place]), listener.url(), timeout_s=60)
    assert "took longer" not in caught.value.message


def test_c9_a_body_shorter_than_announced_is_no_whole_answer(listen: Listen) -> None:
    listener = listen(answer(b"half").replace(b"content-length: 4", b"content-length: 8"))
    with pytest.raises(FetchFailed, match="the connection broke off"):
        get(GuardedClient([listener.place]), listener.url())


def test_c9_no_more_is_read_than_was_announced(listen: Listen) -> None:
    listener = listen(answer(b"more").replace(b"content-length: 4", b"content-length: 2"))
    assert get(GuardedClient([listener.place]), listener.url())[2] == b"mo"


@pytest.mark.parametrize(
    "said", [b"", b"SSH-2.0-OpenSSH_9.2p1\r\n", b"220 mail ready\r\n", b"HTTP/1.1 abc\r\n\r\n", b"\x00" * 90]
)
def test_c12_what_speaks_no_http_is_told_without_its_banner(listen: Listen, said: bytes) -> None:
    listener = listen(said)
    with pytest.raises(FetchFailed) as caught:
        get(GuardedClient([listener.place]), listener.url())
    assert caught.value.message == "Expected a whole answer from 127.0.0.1, the connection broke off"


def test_c9_nothing_lingers_of_an_answer_that_was_not_read(listen: Listen) -> None:
    closed = threading.Event()

    def wait_for_end(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 Fine\r\nContent-Length: 100000\r\n\r\nx")
        with contextlib.suppress(ConnectionResetError):
            connection.recv(1)
        closed.set()

    listener = listen(wait_for_end)
    with GuardedClient([listener.place]).get(listener.url(), timeout_s=60, max_bytes=1000) as answered:
        assert answered.status == 200
        assert not closed.is_set()
    assert closed.wait(30)


_FRAGMENTS = [
    b"HTTP/1.1 200 Fine\r\n",
    b"HTTP/1.1 302 \r\n",
    b"HTTP/1.0 100\r\n\r\n",
    b"HTTP/1.1 204 x\r\n",
    b"HTTP/9.9 -1 \xff\r\n",
    b"Location: ",
    b"/x",
    b"http://[::1]/",
    b"Transfer-Encoding: chunked\r\n",
    b"Content-Encoding: gzip\r\n",
    b"Content-Encoding: deflate, gzip\r\n",
    b"Content-Encoding: br, zstd\r\n",
    b"Content-Length: 5\r\n",
    b"Content-Length: -7\r\n",
    b"Content-Type: multipart/x; boundary=b\r\n",
    b"\r\n\r\n",
    b"\r\n",
    b"\n",
    b" folded\r\n",
    b":\r\n",
    b"5\r\nhello\r\n",
    b"-1\r\n",
    b"0\r\n\r\n",
    b"ffffffffffffffffffff\r\n",
    b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
    b"\x00",
    b"\xff\xfe",
    b"hello",
]


@given(st.lists(st.sampled_from(_FRAGMENTS), max_size=8).map(b"".join), st.booleans())
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_c9_whatever_is_answered_only_failures_of_ours_come_of_it(listen: Listen, said: bytes, fine: bool) -> None:
    listener = listen(b"HTTP/1.1 200 Fine\r\n" * fine + said)
    with contextlib.suppress(VitrineError):
        get(GuardedClient([listener.place]), listener.url())
    listener.close()


# ---- C10 and C11: what an operator allows


@pytest.mark.parametrize(
    "allowed", ["127.0.0.1:1", "127.0.0.2:{port}", "localhost:{port}", "mycdn.dev:{port}", "1127.0.0.1.example:{port}"]
)
def test_c10_only_the_exact_pair_is_allowed(listen: Listen, allowed: str) -> None:
    listener = listen(answer(b"secret"))
    client = GuardedClient([allowed.format(port=listener.port)])
    for path in ("/", f"/.{allowed}", f"/?{allowed}", f"/#{allowed}"):
        with pytest.raises(BlockedAddress):
            get(client, listener.url(path))
    assert listener.connections == 0


@pytest.mark.parametrize("host", ["x.mycdn.dev", "mycdn.dev.evil.example", "notmycdn.dev", "other.dev"])
def test_c10_no_name_is_allowed_by_its_ends(host: str) -> None:
    net = Internet({host: ["10.0.0.1"]}, {})
    with pytest.raises(BlockedAddress):
        get(outside(net, "mycdn.dev:80"), f"http://{host}/.mycdn.dev/x")
    assert net.connected == []


def test_c10_an_allowed_name_is_asked_where_it_is(listen: Listen) -> None:
    listener = listen(answer(b"hello"))
    net = Internet({"images.internal": ["10.0.0.9"]}, {"10.0.0.9": listener.port})
    assert get(outside(net, "Images.internal:8080"), "http://IMAGES.internal:8080/")[2] == b"hello"
    with pytest.raises(BlockedAddress):
        get(outside(net, "images.internal:8080"), "http://images.internal/")
    assert net.connected == [("10.0.0.9", 8080)]


@pytest.mark.parametrize("place", ["127.1:80", "shop.example:0", "shop.example.:80", "[::g]:80"])
def test_c10_an_allowed_place_that_is_none_is_told_at_the_start(place: str) -> None:
    with pytest.raises(InvalidConfig, match="VITRINE_FETCH_ALLOW"):
        GuardedClient([place])


def test_c11_addresses_of_this_machine_are_blocked_though_public(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stands for a machine with a public address of its own, which a test cannot give it."""
    monkeypatch.setattr("pyservice.scraping.line.is_own", lambda address: str(address) == PUBLIC)
    net = Internet({"shop.example": [PUBLIC]}, {})
    with pytest.raises(BlockedAddress):
        get(outside(net), "http://shop.example:27017/")
    assert net.connected == []


def test_c11_no_proxy_no_cookie_and_no_password_of_the_environment_is_used(
    listen: Listen, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    proxy = listen(answer(b"through a proxy"))
    listener = listen(answer(b"hello", status=200, set_cookie="a=b"))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy.url())
    (tmp_path / "netrc").write_text("default login me password mine\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    client = GuardedClient([listener.place])
    for _ in range(2):
        assert get(client, listener.url())[2] == b"hello"
    assert proxy.connections == 0
    for head in listener.heads:
        names = {line.split(b":")[0].lower() for line in head.splitlines()[1:]}
        assert names == {b"host", b"user-agent", b"accept", b"accept-encoding", b"connection"}
        assert f"User-Agent: Vitrine/{__version__}\r\n".encode() in head
        assert b"Accept-Encoding: identity\r\n" in head


# ---- C12: what is told


def test_c12_a_name_that_is_inside_and_one_that_is_nowhere_read_the_same() -> None:
    net = Internet({"wiki.corp": ["10.0.0.1"]}, {})
    messages = []
    for name in ("wiki.corp", "none.corp"):
        with pytest.raises(VitrineError) as caught:
            get(outside(net), f"http://{name}/")
        messages.append((type(caught.value), caught.value.message.replace(name, "x")))
    assert messages[0] == messages[1]


def test_c12_a_closed_port_is_told_without_a_word_on_why() -> None:
    net = Internet({"shop.example": [PUBLIC]}, {})
    with pytest.raises(FetchFailed) as caught:
        get(outside(net), "http://shop.example/")
    assert caught.value.message == "Expected an answer from shop.example, no connection could be made"
