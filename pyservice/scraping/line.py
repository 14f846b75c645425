"""The line to one host: looks its name up, vets every answer, and connects to exactly what was vetted."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import Future
from ipaddress import ip_address

from pyservice.errors import BlockedAddress, FetchFailed, InvalidConfig, VitrineError
from pyservice.scraping.address import IpAddress, is_own, is_public
from pyservice.scraping.deadline import Deadline
from pyservice.scraping.url import parse_url

Resolve = Callable[[str], Collection[IpAddress]]
Connect = Callable[[IpAddress, int, float], socket.socket]
Place = tuple[str, int]

# Of a name with very many addresses, the rest is not tried.
_MOST_TRIED = 4
# Names that no public server has, whatever a name server says.
_LOCAL_SUFFIXES = ("localhost", "local", "internal", "home.arpa")


def look_up(host: str) -> list[IpAddress]:
    """Every address of a name, as the system's resolver tells; none for a name that is not known.

    Raises FetchFailed where the resolver itself does not answer.
    """
    try:
        answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno == socket.EAI_AGAIN:
            said = f"Expected the name {host} to be looked up, the name server gives no answer"
            raise FetchFailed(said, passing=True) from None
        return []
    except UnicodeError:
        return []
    return list(dict.fromkeys(ip_address(answer[4][0]) for answer in answers))


def connect(address: IpAddress, port: int, timeout_s: float) -> socket.socket:
    """A connection to an IP address; nothing is looked up."""
    return socket.create_connection((str(address), port), timeout_s)


def allowed_places(fetch_allow: Iterable[str]) -> frozenset[Place]:
    """The pairs of VITRINE_FETCH_ALLOW, read as addresses are. Raises InvalidConfig."""
    try:
        return frozenset(parse_url(f"http://{place}").place for place in fetch_allow)
    except VitrineError as error:
        raise InvalidConfig(f"Bad settings:\n  VITRINE_FETCH_ALLOW: {error.message}") from None


class Line:
    """How one host is reached, once. allowed: places that need not be public."""

    def __init__(self, deadline: Deadline, allowed: Collection[Place], resolve: Resolve, connect: Connect) -> None:
        self.deadline = deadline
        self._allowed = allowed
        self._resolve = resolve
        self._connect = connect

    def open(self, host: str, port: int) -> socket.socket:
        """Connect. Raises BlockedAddress before anything is sent, FetchFailed where nobody answers."""
        addresses = list(self._vetted(host, port))[:_MOST_TRIED]
        for tried, address in enumerate(addresses):
            timeout_s = self.deadline.left_s() / (len(addresses) - tried)
            with contextlib.suppress(OSError):
                sock = self._connect(address, port, timeout_s)
                self.deadline.watch(sock)
                return sock
        self.deadline.left_s()
        raise FetchFailed(f"Expected an answer from {host}, no connection could be made", passing=True)

    def _vetted(self, host: str, port: int) -> Collection[IpAddress]:
        """All addresses of the host, or none: one that is not public spoils the others."""
        allowed = (host, port) in self._allowed
        # One text for all: a name that exists inside and one that exists nowhere read the same.
        refusal = BlockedAddress(f"Expected an address on the public internet, {host} has none that may be asked")
        if not allowed and any(f".{host}".endswith(f".{suffix}") for suffix in _LOCAL_SUFFIXES):
            raise refusal
        addresses = self._addresses(host)
        fine = allowed or all(is_public(address) and not is_own(address) for address in addresses)
        if not addresses or not fine:
            raise refusal
        return addresses

    def _addresses(self, host: str) -> Collection[IpAddress]:
        try:
            return [ip_address(host)]
        except ValueError:
            return self._resolved(host)

    def _resolved(self, host: str) -> Collection[IpAddress]:
        """In a thread that may be left behind: nothing else ends a lookup early."""
        answer: Future[Collection[IpAddress]] = Future()

        def ask() -> None:
            try:
                answer.set_result(self._resolve(host))
            except Exception as error:  # noqa: BLE001  # raised again in the thread that waits
                answer.set_exception(error)

        threading.Thread(target=ask, name="lookup", daemon=True).start()
        try:
            return answer.result(self.deadline.left_s())
        except TimeoutError:
            raise self.deadline.failure() from None
