"""One way to read an address, and no other: SECURITY_TESTS C1, C7 and C8."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
import requests
from hypothesis import example, given
from hypothesis import strategies as st
from urllib3.util import parse_url as urllib3_parse

from pyservice.errors import BlockedAddress, InvalidRequest, VitrineError
from pyservice.scraping import WebUrl, parse_url
from pyservice.scraping.url import DEFAULT_PORTS, follow


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("https://shop.example/a.jpg", "https://shop.example/a.jpg"),
        ("HTTPS://Shop.Example", "https://shop.example/"),
        ("http://shop.example:80/a", "http://shop.example/a"),
        ("https://shop.example:80/a", "https://shop.example:80/a"),
        ("http://shop.example?a=1", "http://shop.example/?a=1"),
        ("http://shop.example/a b.jpg?q=c d", "http://shop.example/a%20b.jpg?q=c%20d"),
        ("http://shop.example/100%.jpg?x=%41", "http://shop.example/100%25.jpg?x=%41"),
        ("http://shop.example/größe.jpg", "http://shop.example/gr%C3%B6%C3%9Fe.jpg"),
        ("http://shop.example/@user/x#frag@ment", "http://shop.example/@user/x"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://faß.example/", "http://xn--fa-hia.example/"),
        ("http://my_bucket.s3.example/", "http://my_bucket.s3.example/"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://[2001:4860:4860:0:0:0:0:8888]:8080/", "http://[2001:4860:4860::8888]:8080/"),
    ],
)
def test_reads_an_address_into_one_spelling(given: str, read: str) -> None:
    assert parse_url(given).text == read
    assert parse_url(read).text == read


@pytest.mark.parametrize(
    "host",
    [
        "127.1",
        "2130706433",
        "0x7f.1",
        "0x7f000001",
        "0177.0.0.1",
        "127.0.0.01",
        "127.0.0.0x1",
        "0x",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "a.b.1",
        "134744072",
        "１２７.１",
        "127。1",
        "[fe80::1%eth0]",
        "[fe80::1%25eth0]",
        "[::1%lo]",
    ],
)
def test_c1_an_ip_address_in_disguise_is_blocked(host: str) -> None:
    with pytest.raises(BlockedAddress):
        parse_url(f"http://{host}/")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "gopher://shop.example/_x",
        "ftp://shop.example/a.jpg",
        "data:image/png;base64,AAAA",
        "dict://shop.example:11211/stat",
        "phar://x.phar/a",
        "jar:http://shop.example!/a",
        "javascript:alert(1)",
        "//shop.example/a.jpg",
        "shop.example/a.jpg",
        "http:shop.example",
        "http:/shop.example",
        "httpſ://shop.example/",
        "url:http://shop.example/",
        "",
    ],
)
def test_c7_other_schemes_are_refused(url: str) -> None:
    with pytest.raises(InvalidRequest):
        parse_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://user@shop.example/",
        "http://user:secret@shop.example/",
        "http://@shop.example/",
        "http://shop.example:80@evil.example/",
        "http://shop.example#@evil.example/",
        "http://shop.example?@evil.example/",
        "http://shop.example\\@evil.example/",
        "http://shop.example\\.evil.example/",
        "http:\\\\shop.example/",
        "http://shop.example/a\\b",
        "http://shop.example/\r\nHost: evil.example",
        "http://shop.example\r\n/",
        "http://shop.example/a\tb",
        "http://shop\t.example/",
        "http://shop.example/\x00",
        "http://shop.example/\x7f",
        "http://shop.example/\u2028",
        "http://shop.example/\u202egpj.x",
        "http://shop\u200b.example/",
        "http://shop.example/\ud800",
        "http://%31%32%37.0.0.1/",
        "http://shop.example%2f@evil.example/",
        "http://shop.example%00.evil.example/",
        "http://shop.example./",
        "http://127.0.0.1./",
        "http://.shop.example/",
        "http://shop..example/",
        "http://-shop.example/",
        "http://shop .example/",
        "http://shop.exa;mple/",
        "http://shop,example/",
        "http://*.shop.example/",
        "http://" + "a" * 64 + ".example/",
        "http://" + "a." * 130 + "example/",
        "http://xn--\u00fc.example/",
        "http:///a.jpg",
        "http://",
        "http://:80/",
        "http://?a",
        "http://[]/",
        "http://[::1/",
        "http://::1/",
        "http://[::g]/",
        "http://[v1.x]/",
        "http://[::1]evil.example/",
        "http://[::ffff:127.1]/",
        "http://shop.example:/",
        "http://shop.example:0/",
        "http://shop.example:65536/",
        "http://shop.example:99999999999/",
        "http://shop.example:-80/",
        "http://shop.example:+80/",
        "http://shop.example:8 0/",
        "http://shop.example:٨٠/",
        "http://shop.example:80:90/",
        " http://shop.example/",
        "http://shop.example/ ",
        "http://shop.example/" + "a" * 4096,
    ],
)
def test_c8_what_parsers_read_differently_is_refused(url: str) -> None:
    with pytest.raises(InvalidRequest):
        parse_url(url)


def test_c8_a_password_is_not_said_back() -> None:
    with pytest.raises(InvalidRequest) as caught:
        parse_url("http://user:hunter2@shop.example/")
    assert "hunter2" not in caught.value.message


def agreed(url: WebUrl) -> None:
    """Whoever connects asks the same host and port as we vet."""
    prepared = requests.Request("GET", url.text).prepare().url
    assert prepared is not None
    split, others, usual = urlsplit(prepared), urllib3_parse(prepared), DEFAULT_PORTS[url.scheme]
    assert (split.hostname, split.port or usual) == url.place
    assert ((others.host or "").strip("[]"), others.port or usual) == url.place
    assert split.username is None
    assert others.auth is None
    assert not split.fragment


_AWKWARD = st.text("aZ0.:/@#?%[]\\ -_xX127f&;=\t\n\u00fc\u3002\u200b\uff0e\ud800", max_size=30)


@given(st.one_of(_AWKWARD, st.text(max_size=30)).map("http://".__add__) | st.text(max_size=30))
@example("http://a/?b/../../c")
@example("http://a/..//evil.example")
@example('http://a/[x]{y}|z^`"<>')
def test_c8_every_parser_reads_what_is_taken_alike(text: str) -> None:
    try:
        url = parse_url(text)
    except VitrineError:
        return
    assert url.text.isascii()
    assert parse_url(url.text) == url
    agreed(url)


@given(
    st.sampled_from(["shop.example", "bücher.example", "8.8.8.8", "[2001:db8::1]", "A-1.b_c.example"]),
    st.sampled_from(["", ":1", ":080", ":65535"]),
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="\\"), max_size=40),
)
def test_c8_every_parser_reads_a_plain_address_alike(host: str, port: str, path: str) -> None:
    agreed(parse_url(f"https://{host}{port}/{path}"))


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        ("/b", "http://shop.example:81/b"),
        ("b.jpg", "http://shop.example:81/a/b.jpg"),
        ("?x=1", "http://shop.example:81/a/1.jpg?x=1"),
        ("//cdn.example/b", "http://cdn.example/b"),
        ("https://cdn.example/b#c", "https://cdn.example/b"),
        ("/größe".encode().decode("latin-1"), "http://shop.example:81/gr%C3%B6%C3%9Fe"),
    ],
)
def test_c5_a_redirect_is_read_from_where_it_was_met(location: str, leads_to: str) -> None:
    at = parse_url("http://shop.example:81/a/1.jpg")
    assert follow(at, location).text == leads_to


@pytest.mark.parametrize(
    "location",
    [
        "",
        "file:///etc/passwd",
        "http:evil.example",
        "http:/evil.example",
        "/a\tb",
        "\\\\evil.example",
        "/\xff",
        "//u@evil.example/",
    ],
)
def test_c5_a_redirect_that_is_unclear_is_refused(location: str) -> None:
    with pytest.raises(InvalidRequest):
        follow(parse_url("http://shop.example/"), location)


@pytest.mark.parametrize("location", ["http://2130706433/", "//0x7f.1/", "http://[fe80::1%25lo]/"])
def test_c5_a_redirect_to_an_address_in_disguise_is_blocked(location: str) -> None:
    with pytest.raises(BlockedAddress):
        follow(parse_url("http://shop.example/"), location)
