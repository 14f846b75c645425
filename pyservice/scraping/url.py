"""Addresses of the web, read strictly: what two parsers could read differently is refused."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote, urljoin

import idna

from pyservice.errors import BlockedAddress, InvalidRequest

MAX_URL_CHARS = 4096
MAX_HOST_CHARS = 253
DEFAULT_PORTS = {"http": 80, "https": 443}

_SHAPE = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[^\]]*\]|[^/?#:]*)(?::(?P<port>[0-9]{1,5}))?(?P<rest>(?:[/?#].*)?)", re.I | re.A
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I | re.A)
_USER = re.compile(r"[^/?#]*//[^/?#]*@")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_KEPT = "%!$&'()*+,;=:@/?~-._"


@dataclass(frozen=True)
class WebUrl:
    """An address in one spelling. host: a name in ASCII, or an IP address without brackets. target: path and query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def place(self) -> tuple[str, int]:
        """Who is asked: host and port."""
        return self.host, self.port

    @property
    def text(self) -> str:
        """The whole address, as it is sent."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.target}"


def parse_url(text: str) -> WebUrl:
    """Read an http or https address. Raises InvalidRequest, BlockedAddress (an IP address in disguise)."""
    _check_characters(text)
    if _USER.match(text):
        raise InvalidRequest("Expected an address without a user name or password, received one with an @ in its host")
    found = _SHAPE.fullmatch(text)
    if found is None:
        raise InvalidRequest(f"Expected an address like https://shop.example/a.jpg, received {text[:100]!r}")
    rest = found["rest"]
    if not rest.startswith("/") and "@" in rest:
        raise InvalidRequest("Expected an address with a / after its host, received one with an @ there")
    scheme = found["scheme"].lower()
    port = int(found["port"] or DEFAULT_PORTS[scheme])
    if not 1 <= port <= 65535:
        raise InvalidRequest(f"Expected a port from 1 to 65535 in the address, received {port}")
    return WebUrl(scheme, _host(found["host"]), port, _target(rest))


def follow(at: WebUrl, location: str) -> WebUrl:
    """Where a redirect leads. Raises what parse_url raises."""
    try:
        text = location.encode("latin-1").decode()  # headers are read as Latin-1 and written as UTF-8
    except UnicodeError:
        raise InvalidRequest("Expected a readable address in the redirect, received one that is no UTF-8") from None
    _check_characters(text)
    return parse_url(text if _SCHEME.match(text) else urljoin(at.text, text))


def _check_characters(text: str) -> None:
    """Some parsers drop line ends and spaces, some read a backslash as a slash; so none may be there."""
    if not 0 < len(text) <= MAX_URL_CHARS:
        raise InvalidRequest(f"Expected an address of 1 to {MAX_URL_CHARS} characters, received {len(text)}")
    if text != text.strip(" "):
        raise InvalidRequest("Expected an address, received one with spaces around it")
    bad = next((char for char in text if char == "\\" or (char != " " and unicodedata.category(char)[0] in "CZ")), None)
    if bad is not None:
        raise InvalidRequest(f"Expected an address without U+{ord(bad):04X}, received one with it")


def _host(text: str) -> str:
    if text.startswith("["):
        return _ipv6(text[1:-1])
    host = (text if text.isascii() else _ascii(text)).lower()
    labels = host.split(".")
    if len(host) > MAX_HOST_CHARS or not all(_LABEL.fullmatch(label) for label in labels):
        raise InvalidRequest(f"Expected a host name like shop.example in the address, received {text[:100]!r}")
    return _ipv4(host) if _NUMBER.fullmatch(labels[-1]) else host


def _ascii(name: str) -> str:
    """As browsers write it (UTS 46), and requests does."""
    try:
        return idna.encode(name, uts46=True, std3_rules=True).decode("ascii")
    except idna.IDNAError:
        raise InvalidRequest(f"Expected a host name in the address, received {name[:100]!r}") from None


def _ipv4(text: str) -> str:
    """127.1, 2130706433 and 0x7f.1 are addresses too, to some: who writes so has something to hide."""
    try:
        return str(IPv4Address(text))
    except ValueError:
        raise BlockedAddress("Expected an IP address in its usual form, like 192.0.2.1, received another one") from None


def _ipv6(text: str) -> str:
    if "%" in text:
        raise BlockedAddress("Expected an IP address of the public internet, received one of this machine's own links")
    try:
        return str(IPv6Address(text))
    except ValueError:
        raise InvalidRequest(f"Expected an IPv6 address between the brackets, received {text[:100]!r}") from None


def _target(rest: str) -> str:
    """Path and query in ASCII; what follows a # is the caller's own business."""
    shown = rest.partition("#")[0]
    target = shown if shown.startswith("/") else f"/{shown}"
    return quote(_STRAY_PERCENT.sub("%25", target), safe=_KEPT)
