"""How the service and its decoding workers talk: a JSON header per message, bulk bytes in a sealed memfd.

Nothing a worker sends is ever executed or unpickled, and nothing it does later can change what was sent:
a memfd is read only once it is sealed against writing and shrinking.
"""

from __future__ import annotations

import fcntl
import json
import mmap
import os
import socket
from collections.abc import Iterable
from typing import Any

_MAX_HEADER_BYTES = 128_000
_SEALS = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL

Buffer = bytes | memoryview


class ChannelError(Exception):
    """The other side is gone, or sent what is no message."""


def send_message(channel: socket.socket, header: dict[str, Any], parts: Iterable[Buffer]) -> None:
    """Send a header, and the parts joined in one sealed memfd. Raises OSError where nobody listens."""
    memory = os.memfd_create("vitrine-picture", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        for part in parts:
            _write_all(memory, memoryview(part).cast("B"))
        fcntl.fcntl(memory, fcntl.F_ADD_SEALS, _SEALS)
        socket.send_fds(channel, [json.dumps(header).encode()], [memory])
    finally:
        os.close(memory)


def receive_message(channel: socket.socket) -> tuple[dict[str, Any], Buffer]:
    """The next header with its bulk bytes, mapped read-only. Raises ChannelError, TimeoutError."""
    raw, descriptors, _, _ = socket.recv_fds(channel, _MAX_HEADER_BYTES, 1)
    try:
        if len(descriptors) != 1:
            raise ChannelError("Expected a message with one memfd, received none")
        header = json.loads(raw)
        if not isinstance(header, dict):
            raise ChannelError("Expected a JSON object as header")
        return header, _mapped(descriptors[0])
    except (ValueError, RecursionError) as error:
        raise ChannelError(f"Expected a JSON header: {error}") from None
    finally:
        for descriptor in descriptors:
            os.close(descriptor)


def _write_all(memory: int, view: memoryview) -> None:
    while view:
        view = view[os.write(memory, view) :]


def _mapped(memory: int) -> Buffer:
    if fcntl.fcntl(memory, fcntl.F_GET_SEALS) & _SEALS != _SEALS:
        raise ChannelError("Expected a sealed memfd")
    size = os.fstat(memory).st_size
    return memoryview(mmap.mmap(memory, size, prot=mmap.PROT_READ)) if size else b""
