"""The guarded client: asks places outside by rules that no address can talk it out of."""

from __future__ import annotations

import contextlib
import http.client
import ssl
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property

import requests
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3.exceptions import HTTPError
from urllib3.util.ssl_ import create_urllib3_context

from pyservice import __version__
from pyservice.errors import FetchFailed, ImageTooLarge
from pyservice.scraping.adapter import GuardedAdapter
from pyservice.scraping.deadline import Deadline
from pyservice.scraping.line import Connect, Line, Place, Resolve, allowed_places, connect, look_up
from pyservice.scraping.url import WebUrl, follow, parse_url

MAX_REDIRECTS = 5
USER_AGENT = f"Vitrine/{__version__}"
_REDIRECTS = (301, 302, 303, 307, 308)
_CHUNK_BYTES = 1 << 16


class Answer:
    """What a place outside answered: status and headers are read, the body comes in pieces."""

    def __init__(self, url: WebUrl, response: requests.Response, deadline: Deadline) -> None:
        self.url = url
        self.status = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self._raw = response.raw
        self._deadline = deadline

    @property
    def location(self) -> str | None:
        """Where it redirects to, if it does."""
        return self.headers.get("Location") if self.status in _REDIRECTS else None

    def pieces(self, max_bytes: int) -> Iterator[bytes]:
        """The body, unpacked. Raises ImageTooLarge for more than max_bytes, FetchFailed where it breaks off."""
        received = 0
        with _told(self.url, self._deadline):
            for piece in self._raw.stream(_CHUNK_BYTES, decode_content=True):
                received += len(piece)
                if received > max_bytes:
                    raise ImageTooLarge(f"Expected a file of at most {max_bytes:,} bytes, received more")
                yield piece


class GuardedClient:
    """Asks public addresses, and the places of fetch_allow. No proxy, no cookie, no credentials. Threads may share it.

    resolve and connect are how names are looked up and vetted addresses connected to; trusted is a file of
    certificate authorities, where those that come with `requests` do not do.
    """

    def __init__(
        self,
        fetch_allow: Iterable[str] = (),
        *,
        resolve: Resolve = look_up,
        connect: Connect = connect,
        trusted: str | None = None,
    ) -> None:
        self._allowed = allowed_places(fetch_allow)
        self._resolve = resolve
        self._connect = connect
        self._trusted = trusted

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        """Loaded once: it takes longer than many a download."""
        context = create_urllib3_context(cert_reqs=ssl.CERT_REQUIRED)
        context.load_verify_locations(self._trusted or DEFAULT_CA_BUNDLE_PATH)
        return context

    @contextmanager
    def get(self, url: str, *, timeout_s: float, max_bytes: int, accept: str = "*/*") -> Iterator[Answer]:
        """GET, through at most MAX_REDIRECTS redirects; every hop is read and vetted as if it had been given.

        A redirect reaches a place that is not public only from a place that is itself in fetch_allow: pages of
        strangers shall not choose what is asked inside. Raises InvalidRequest, BlockedAddress, FetchFailed.
        """
        headers = {"Accept": accept, "Accept-Encoding": "identity"}
        at = parse_url(url)
        allowed: Collection[Place] = self._allowed
        with Deadline(timeout_s) as deadline:
            for _ in range(MAX_REDIRECTS + 1):
                request = requests.Request("GET", at.text, headers=headers)
                with self._exchange(request, at, Line(deadline, allowed, *self._ways), max_bytes) as answer:
                    if (location := answer.location) is None:
                        yield answer
                        return
                allowed = self._allowed if at.place in self._allowed else ()
                at = follow(at, location)
        raise FetchFailed(f"Expected at most {MAX_REDIRECTS} redirects, received more")

    @contextmanager
    def post(self, url: str, body: bytes, headers: Mapping[str, str], *, timeout_s: float) -> Iterator[Answer]:
        """POST; no redirect is followed. Raises InvalidRequest, BlockedAddress, FetchFailed."""
        at = parse_url(url)
        with Deadline(timeout_s) as deadline:
            request = requests.Request("POST", at.text, headers={**headers, "Accept-Encoding": "identity"}, data=body)
            with self._exchange(request, at, Line(deadline, self._allowed, *self._ways), 0) as answer:
                yield answer

    @property
    def _ways(self) -> tuple[Resolve, Connect]:
        return self._resolve, self._connect

    @contextmanager
    def _exchange(self, request: requests.Request, at: WebUrl, line: Line, max_bytes: int) -> Iterator[Answer]:
        """Without a Session: there is nowhere to keep a cookie, and no place to read a proxy or a password from."""
        request.headers = {**request.headers, "User-Agent": USER_AGENT, "Connection": "close"}
        with contextlib.ExitStack() as opened:
            with _told(at, line.deadline):
                adapter = opened.enter_context(contextlib.closing(GuardedAdapter(line, max_bytes, self._trust)))
                timeout_s = line.deadline.left_s()
                response = adapter.send(request.prepare(), stream=True, timeout=timeout_s)
                opened.callback(response.close)
            yield Answer(at, response, line.deadline)


@contextmanager
def _told(url: WebUrl, deadline: Deadline) -> Iterator[None]:
    """Whatever went wrong on the network, in one short sentence that names nothing of what was found."""
    try:
        yield
    except (OSError, HTTPError, http.client.HTTPException) as error:
        if deadline.passed or isinstance(error, requests.Timeout):
            raise deadline.failure() from None
        if isinstance(error, requests.exceptions.SSLError):
            raise FetchFailed(f"Expected {url.host} to show a certificate that is trusted, it did not") from None
        said = f"Expected a whole answer from {url.host}, the connection broke off"
        raise FetchFailed(said, passing=True) from None
