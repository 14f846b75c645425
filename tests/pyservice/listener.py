"""Servers of the outside for tests: real sockets on this machine, as hostile as a test wants them."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable

Handle = Callable[[socket.socket], None]
Listen = Callable[..., "Listener"]


class Listener:
    """Accepts on a port of loopback, reads one request per connection, and lets `handle` answer it."""

    def __init__(self, handle: Handle, tls: ssl.SSLContext | None = None) -> None:
        self._handle = handle
        self._tls = tls
        self.heads: list[bytes] = []
        self.bodies: list[bytes] = []
        self.connections = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"http://{self.place}{path}"

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                self.connections += 1
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            sock = self._tls.wrap_socket(connection, server_side=True) if self._tls else connection
            with sock, sock.makefile("rb") as file:
                lines = list(iter(file.readline, b"\r\n"))
                self.heads.append(b"".join(lines))
                length = next((int(line[15:]) for line in lines if line.lower().startswith(b"content-length:")), 0)
                self.bodies.append(file.read(length))
                self._handle(sock)


def answer(body: bytes = b"", status: int = 200, **headers: str) -> bytes:
    """The bytes of an answer: `answer(status=302, location="/")`."""
    named = {"content-length": str(len(body)), **{name.replace("_", "-"): value for name, value in headers.items()}}
    lines = [f"HTTP/1.1 {status} Fine", *(f"{name}: {value}" for name, value in named.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body
