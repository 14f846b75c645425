"""gunicorn's threaded worker, with threads that no slow client can hold."""

from __future__ import annotations

from typing import Any

from gunicorn import util
from gunicorn.workers.gthread import _DEFER, ThreadWorker

from pyservice.api.patience import Head, patient

_LINGER_S = 0.3


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """A request gets a thread when its head is there, and keeps it for as long as its body keeps coming.

    gunicorn's own worker reads heads and bodies without any deadline, and lingers over closed connections in the
    loop that accepts new ones: ten strangers with half a line each would hold up everybody, health checks too.
    """

    def handle(self, conn: Any) -> Any:
        conn.sock = sock = patient(conn.sock)
        read_ahead = conn.parser is not None and conn.parser.unreader.buf.getvalue()
        head = Head.WHOLE if read_ahead else sock.head()
        if head is Head.PARTIAL and self.alive:
            # Back to the loop that watches sockets: waiting there costs no thread.
            return _DEFER
        keep = False
        if head is Head.WHOLE:
            conn.data_ready = True
            sock.begin()
            keep = super().handle(conn)
        if not keep:
            sock.hurry()
            util.close_graceful(sock, timeout=_LINGER_S)
        return keep

    def _keepalive_after(self, conn: Any, keepalive: bool) -> bool:
        """An unread body is not waited for: who was refused may come again on a new connection."""
        conn.sock.hurry()
        return bool(super()._keepalive_after(conn, keepalive))
