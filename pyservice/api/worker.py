"""gunicorn's threaded worker, with threads that no slow client can hold."""

from __future__ import annotations

from typing import Any

from gunicorn import util
from gunicorn.workers.gthread import _DEFER, ThreadWorker

from pyservice.api.patience import Head, patient
from pyservice.api.service import KEY

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

    def handle_exit(self, sig: int, frame: Any) -> None:
        """Requests under way are finished; chunks, which may take minutes, say what they leave undone."""
        super().handle_exit(sig, frame)
        self._stop_chunks()

    def is_parent_alive(self) -> bool:
        """Where it is not, this process is about to stop as well."""
        alive = bool(super().is_parent_alive())
        if not alive:
            self._stop_chunks()
        return alive

    def _stop_chunks(self) -> None:
        app = getattr(self, "wsgi", None)
        if app is not None:
            app.extensions[KEY].chunks.stop()

    def _keepalive_after(self, conn: Any, keepalive: bool) -> bool:
        """An unread body is not waited for: who was refused may come again on a new connection."""
        conn.sock.hurry()
        return bool(super()._keepalive_after(conn, keepalive))
