"""The adapter that makes `requests` go through a guarded line, whatever address it was given."""

from __future__ import annotations

import http.client
import io
import socket
import ssl
from collections.abc import Mapping
from functools import partial
from typing import Any

from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from pyservice.errors import FetchFailed
from pyservice.scraping.deadline import Deadline
from pyservice.scraping.line import Line

# Beyond the body: status, headers, sizes of chunks, trailers.
_FRAMING_BYTES = 1_000_000


class GuardedAdapter(HTTPAdapter):
    """Sends one request over a line. The name stays in Host, SNI and the check of the certificate.

    What is vetted is what urllib3 asks to be connected to, so no parser in between can be of another opinion.
    """

    def __init__(self, line: Line, max_bytes: int, trust: ssl.SSLContext) -> None:
        super().__init__()
        self._line = line
        self._max_bytes = max_bytes
        self._trust = trust

    def get_connection_with_tls_context(
        self,
        request: PreparedRequest,
        verify: bool | str | None = True,
        proxies: Mapping[str, str] | None = None,
        cert: str | tuple[str, str] | None = None,
    ) -> HTTPConnectionPool:
        where, _ = self.build_connection_pool_key_attributes(request, True, None)
        line, max_bytes = self._line, self._max_bytes
        if where["scheme"] == "https":
            return _TlsPool(where["host"], where["port"], line=line, max_bytes=max_bytes, ssl_context=self._trust)
        return _PlainPool(where["host"], where["port"], line=line, max_bytes=max_bytes)

    def cert_verify(self, conn: object, url: str, verify: object, cert: object) -> None:
        """Nothing to set: who is trusted stands in the context, which `requests` would load anew for every answer."""


class _PlainConnection(HTTPConnection):
    def __init__(self, host: str, port: int | None = None, *, line: Line, max_bytes: int, **rest: Any) -> None:
        super().__init__(host, port, **rest)
        self._line = line
        self.response_class = partial(_MeteredResponse, deadline=line.deadline, max_bytes=max_bytes)  # type: ignore[assignment]

    def _new_conn(self) -> socket.socket:
        return self._line.open(self.host, self.port)


class _TlsConnection(_PlainConnection, HTTPSConnection):
    """The same: what is laid over the line is urllib3's."""


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


class _MeteredResponse(http.client.HTTPResponse):
    """An answer whose every byte is counted, those of headers and trailers among them."""

    def __init__(self, sock: socket.socket, *args: Any, deadline: Deadline, max_bytes: int, **named: Any) -> None:
        super().__init__(sock, *args, **named)
        self.fp = io.BufferedReader(_Meter(self.fp.detach(), deadline, max_bytes))


class _Meter(io.RawIOBase):
    def __init__(self, raw: io.RawIOBase, deadline: Deadline, max_bytes: int) -> None:
        super().__init__()
        self._raw = raw
        self._deadline = deadline
        self._most_bytes = self._left_bytes = max_bytes + _FRAMING_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        count = self._raw.readinto(buffer)
        if not count and self._deadline.passed:
            # Cut off, which looks like an end.
            raise self._deadline.failure()
        self._left_bytes -= count or 0
        if self._left_bytes < 0:
            raise FetchFailed(f"Expected an answer of at most {self._most_bytes:,} bytes in all, received more")
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()
