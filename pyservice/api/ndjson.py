"""Answers that tell one thing after the other: a JSON object a line, beats in between, and an end."""

from __future__ import annotations

import contextvars
import queue
import threading
from collections.abc import Callable, Generator, Iterator, Mapping

from flask import Response
from pydantic_core import to_json

from pyservice.logs import logger

NDJSON = "application/x-ndjson"
BEAT_S = 2.0
# Lines that may wait for a slow reader; the work waits then, too.
_WAITING = 64
_POLL_S = 0.2

Line = Mapping[str, object]
Lines = Generator[Line, None, None]

log = logger(__name__)


def ndjson_answer(lines: Lines, beat_s: float = BEAT_S, hung_up: Callable[[], None] | None = None) -> Response:
    """Each of the lines as it comes, `{"beat": true}` while none comes, and `{"end": true}` after the last.

    Check the request, and take what you need of it and of current_service(), before you call this: `lines` is a
    generator that runs in a thread of its own, from now on. Hold places and files in `with` blocks inside it. When
    the caller hangs up, `hung_up` is called at once, and the generator is closed where it next yields. What it raises
    is logged and cuts the answer off, which callers know by the missing end; tell what may go wrong as a line.

        def lines() -> Lines:
            with service.places.taken():
                for item in items:
                    yield {"name": item.name, ...}

        return ndjson_answer(lines())
    """
    return Response(_Answer(lines, beat_s, hung_up), mimetype=NDJSON)


class _Answer:
    """The lines as bytes. werkzeug calls close when they are sent, or nobody listens any more."""

    def __init__(self, lines: Lines, beat_s: float, hung_up: Callable[[], None] | None) -> None:
        self._lines = lines
        self._beat_s = beat_s
        self._hung_up = hung_up
        # None: there is no more to come.
        self._queue: queue.Queue[Line | None] = queue.Queue(_WAITING)
        self._closed = threading.Event()
        self._ended = False
        # The request id goes with it, so that what is logged there can be found.
        threading.Thread(target=contextvars.copy_context().run, args=(self._work,), name="ndjson").start()

    def __iter__(self) -> Iterator[bytes]:
        while not (self._closed.is_set() or self._ended):
            try:
                lines = [self._queue.get(timeout=self._beat_s)]
            except queue.Empty:
                lines = [{"beat": True}]
            # What waits goes out together: a packet for every short line would take longer than the work.
            while len(lines) < _WAITING and not self._queue.empty():
                lines.append(self._queue.get())
            self._ended = lines[-1] is None
            yield b"".join(_written(line) for line in lines if line is not None)

    def close(self) -> None:
        self._closed.set()
        if self._hung_up is not None and not self._ended:
            self._hung_up()

    def _work(self) -> None:
        try:
            for line in self._lines:
                if not self._offered(line):
                    return
            self._offered({"end": True})
        except Exception as error:
            log.error("answer cut off", exc_info=error)
        finally:
            self._lines.close()
            self._offered(None)

    def _offered(self, line: Line | None) -> bool:
        """Hand a line over, waiting for a slow reader; False where nobody reads any more."""
        while not self._closed.is_set():
            try:
                self._queue.put(line, timeout=_POLL_S)
            except queue.Full:
                continue
            return True
        return False


def _written(line: Line) -> bytes:
    return to_json(line, inf_nan_mode="null") + b"\n"
