"""One time limit for all that an exchange does: looking up, connecting, TLS, and every byte that drips in."""

from __future__ import annotations

import contextlib
import socket
import threading
import time

from pyservice.errors import FetchFailed


class Deadline:
    """Ends at a moment, whatever is under way then: sockets under its watch are shut down. Use as a context manager."""

    def __init__(self, timeout_s: float) -> None:
        self.timeout_s = timeout_s
        self._ends_s = time.monotonic() + timeout_s
        self._lock = threading.Lock()
        self._watched: list[socket.socket] = []
        self._timer = threading.Timer(timeout_s, self._shut)
        self._timer.daemon = True

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._shut()
        with self._lock:
            for sock in self._watched:
                sock.close()

    @property
    def passed(self) -> bool:
        """Whether the moment has come."""
        return time.monotonic() >= self._ends_s

    def left_s(self) -> float:
        """Seconds that are left. Raises FetchFailed where none are."""
        left_s = self._ends_s - time.monotonic()
        if left_s <= 0:
            raise self.failure()
        return left_s

    def failure(self) -> FetchFailed:
        """What to tell when it has passed."""
        return FetchFailed(f"Expected an answer within {self.timeout_s:g} s, it took longer", passing=True)

    def watch(self, sock: socket.socket) -> None:
        """Shut this connection down when the time is over. A second handle is kept: TLS takes the first one over."""
        with self._lock:
            self._watched.append(sock.dup())
        if self.passed:
            self._shut()

    def _shut(self) -> None:
        with self._lock:
            for sock in self._watched:
                with contextlib.suppress(OSError):  # the other side was faster
                    sock.shutdown(socket.SHUT_RDWR)
