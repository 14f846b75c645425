"""Decoding in processes of its own, so that no file a stranger sends can take the service down."""

from __future__ import annotations

import json
import os
import queue
import signal
import socket
import subprocess
import sys
from dataclasses import asdict
from typing import Any, Self

import numpy as np
from pydantic import ValidationError

from pyservice.errors import BrokenImage, DecodeLimit, ImageTooLarge, UnsupportedFormat, VitrineError
from pyservice.imaging.decode import Decoded
from pyservice.imaging.facts import Facts
from pyservice.imaging.limits import Limits
from pyservice.imaging.metadata import Metadata
from pyservice.imaging.picture import Picture
from pyservice.imaging.sandbox_channel import Buffer, ChannelError, receive_message, send_message

_PICTURES_PER_WORKER = 1000
_START_S = 30.0
_WORKER = "pyservice.imaging.sandbox_worker"
_OUT_OF_BUDGET = {-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL}
_REFUSALS: dict[str, type[VitrineError]] = {
    kind.__name__: kind for kind in (BrokenImage, DecodeLimit, ImageTooLarge, UnsupportedFormat)
}


class Sandbox:
    """A few worker processes that decode one picture at a time. Safe to use from many threads.

    A call waits for a free worker. Workers start when first needed, are replaced when they die, and know
    neither the service's environment nor its files. Pictures come back in shared memory, without a copy.
    """

    def __init__(self, limits: Limits, workers: int = 2) -> None:
        self._limits = limits
        self._free: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        self._count = workers
        for _ in range(workers):
            self._free.put(None)

    def decode(self, data: bytes, max_px: int | None = None) -> Decoded:
        """As `pyservice.imaging.decode`. Raises the same, and DecodeLimit for too much time or memory."""
        self._refuse_large(data)
        return _decoded(*self._ask({"verb": "decode", "max_px": max_px}, data))

    def facts(self, data: bytes) -> Facts:
        """As `read_facts`, header only. Raises the same, and DecodeLimit."""
        self._refuse_large(data)
        return _checked_facts(self._ask({"verb": "facts"}, data)[0])

    def close(self) -> None:
        """End the workers; waits for those that are busy."""
        for _ in range(self._count):
            worker = self._free.get()
            if worker is not None:
                worker.kill()
        for _ in range(self._count):
            self._free.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _refuse_large(self, data: bytes) -> None:
        if len(data) > self._limits.max_bytes:
            raise ImageTooLarge(f"Expected at most {self._limits.max_bytes:,} bytes, received {len(data):,}")

    def _ask(self, request: dict[str, Any], data: bytes) -> tuple[dict[str, Any], Buffer]:
        worker = self._free.get()
        try:
            if worker is not None and not worker.is_fit():
                worker = None
            worker = worker or _Worker(self._limits)
            reply, pixels = worker.ask(request, data)
        except BaseException:
            if worker is not None:
                worker.kill()
            worker = None
            raise
        finally:
            self._free.put(worker)
        if "error" in reply:
            raise _REFUSALS.get(str(reply["error"]), BrokenImage)(str(reply.get("message", "")))
        return reply, pixels


class _Worker:
    """One worker process and the socket to it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._owner = os.getpid()
        self._asked = 0
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", _WORKER, str(theirs.fileno()), json.dumps(asdict(limits))],
                pass_fds=[theirs.fileno()],
                env=_environment(limits),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )

    def is_fit(self) -> bool:
        """Whether it lives, is ours (not a fork's parent's) and has not grown old."""
        if self._owner != os.getpid():
            self._channel.close()
            return False
        if self._asked < _PICTURES_PER_WORKER and self._process.poll() is None:
            return True
        self.kill()
        return False

    def ask(self, request: dict[str, Any], data: bytes) -> tuple[dict[str, Any], Buffer]:
        """Send a request and wait for its answer. Raises DecodeLimit, BrokenImage where it dies over it."""
        self._channel.settimeout(self._limits.timeout_s + (_START_S if not self._asked else 0))
        self._asked += 1
        try:
            send_message(self._channel, request, [data])
            return receive_message(self._channel)
        except TimeoutError:
            raise DecodeLimit(f"Expected a picture that decodes within {self._limits.timeout_s:g} s") from None
        except (OSError, ChannelError):
            raise self._epitaph() from None

    def kill(self) -> None:
        """End the process at once and reap it."""
        self._process.kill()
        self._process.wait()
        self._channel.close()

    def _epitaph(self) -> VitrineError:
        try:
            code = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            code = 0
        if code in _OUT_OF_BUDGET:
            return DecodeLimit("Expected a picture that decodes within its time and memory")
        return BrokenImage(f"Expected a whole picture, its decoder died over it (exit {code})")


def _environment(limits: Limits) -> dict[str, str]:
    """Nothing of the service's own environment: a decoder that was taken over finds no secret there."""
    return {
        "PATH": os.defpath,
        "PYTHONPATH": os.pathsep.join(entry or os.getcwd() for entry in sys.path),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
        "OPENCV_IO_MAX_IMAGE_PIXELS": str(limits.max_pixels),
    }


def _checked_facts(reply: dict[str, Any]) -> Facts:
    try:
        return Facts.model_validate(reply["facts"])
    except (ValidationError, LookupError, TypeError):
        raise BrokenImage("Expected facts of a picture, its decoder sent none") from None


def _decoded(reply: dict[str, Any], pixels: Buffer) -> Decoded:
    """A Decoded whose arrays lie in the worker's sealed memory. Believes no number it cannot check."""
    facts = _checked_facts(reply)
    try:
        height, width = (int(side) for side in reply["shape"])
        flat = np.frombuffer(pixels, np.uint8)
        area = height * width
        rgb = flat[: area * 3].reshape(height, width, 3)
        alpha = flat[area * 3 :].reshape(height, width) if reply["alpha"] else None
        picture, metadata = Picture(rgb, alpha), Metadata.model_validate(reply["metadata"])
    except (ValueError, LookupError, TypeError, ArithmeticError):
        raise BrokenImage("Expected the pixels of a picture, its decoder sent others") from None
    return Decoded(picture, facts, metadata, picture.long_side / max(facts.width, facts.height))
