"""A socket that waits for its peer, but not for ever: what slow clients may cost is bounded."""

from __future__ import annotations

import enum
import errno
import socket
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

# A peer that sends less than this, after a first pause, is not waited for.
MIN_BYTES_PER_S = 10_000
PATIENCE_S = 10.0
FAST_BYTES_PER_S = 1_000_000
HURRY_S = 0.3
# More than any head that our callers send; what is longer goes to the parser, which refuses it.
MAX_HEAD_BYTES = 32_768
_HEAD_END = b"\r\n\r\n"
_SENT_AT_ONCE_BYTES = 65_536


class Head(enum.Enum):
    """How much of a request's head (its first lines, up to the empty one) has arrived."""

    WHOLE = enum.auto()
    PARTIAL = enum.auto()
    NEVER = enum.auto()


class PatientSocket(socket.socket):
    """Blocking, here, means: for as long as the peer keeps up. Otherwise ConnectionResetError, as if it had left.

    What a peer sends earns it time, at a rate and never more than its patience ahead; a byte now and then does not do.
    """

    patience_s = PATIENCE_S
    _seen_bytes = 0

    def begin(self, patience_s: float | None = None, bytes_per_s: int = MIN_BYTES_PER_S) -> None:
        """From here on the peer may pause for patience_s, and must keep up with this rate."""
        self._ahead_s = self.patience_s if patience_s is None else patience_s
        self._bytes_per_s = bytes_per_s
        self._ends_s = time.monotonic() + self._ahead_s

    def hurry(self) -> None:
        """What still comes will be thrown away: worth waiting for only from a peer that is in full swing."""
        self.begin(HURRY_S, FAST_BYTES_PER_S)

    def setblocking(self, flag: bool, /) -> None:
        # Closed already: it was done in a worker's thread, so that lingering never holds up the others.
        if self.fileno() >= 0:
            self.settimeout(self.patience_s if flag else 0)

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        usual_s = self.gettimeout()
        if not usual_s:
            return super().recv(size, flags)
        left_s = self._ends_s - time.monotonic()
        if left_s <= 0:
            raise _gone()
        self.settimeout(min(usual_s, left_s))
        try:
            data = super().recv(size, flags)
        except TimeoutError:
            raise _gone() from None
        finally:
            self.settimeout(usual_s)
        earned_s = self._ends_s + len(data) / self._bytes_per_s
        self._ends_s = min(earned_s, time.monotonic() + self._ahead_s)
        return data

    def sendall(self, data: ReadableBuffer, flags: int = 0, /) -> None:
        """In pieces: a socket's timeout is for a whole call, and a large picture may take its time."""
        view = memoryview(data).cast("B")
        for start in range(0, len(view), _SENT_AT_ONCE_BYTES):
            super().sendall(view[start : start + _SENT_AT_ONCE_BYTES], flags)

    def head(self) -> Head:
        """What is there of the next request's head, without taking or waiting for any of it.

        After PARTIAL, the socket counts as readable only when more has come.
        """
        self.setblocking(False)
        before = self._seen_bytes
        try:
            seen = super().recv(MAX_HEAD_BYTES, socket.MSG_PEEK)
        except BlockingIOError:
            return self._more_than(0, before)
        except OSError:
            return Head.NEVER
        if _HEAD_END in seen or len(seen) >= MAX_HEAD_BYTES:
            self._more_than(0, 0)
            return Head.WHOLE
        # Woken, and no more than before: the peer sends no more.
        return Head.NEVER if len(seen) <= before else self._more_than(len(seen), before)

    def _more_than(self, seen_bytes: int, before_bytes: int) -> Head:
        if not before_bytes:
            self._head_since_s = time.monotonic()
        self._seen_bytes = seen_bytes
        self.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, seen_bytes + 1)
        late = seen_bytes and time.monotonic() - self._head_since_s > self.patience_s
        return Head.NEVER if late else Head.PARTIAL


def patient(sock: socket.socket) -> PatientSocket:
    """The same connection as a patient socket; the one given is not to be used any more."""
    if isinstance(sock, PatientSocket):
        return sock
    made = PatientSocket(fileno=sock.detach())
    made.begin()
    return made


def _gone() -> ConnectionResetError:
    return ConnectionResetError(errno.ECONNRESET, "the peer was too slow")
