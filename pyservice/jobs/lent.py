"""Originals that are worked on without being kept: the user's own files stay where they are."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Lent:
    """Bytes known by their blob id for as long as somebody lends them. Threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lenders: dict[str, list[bytes]] = {}

    @contextmanager
    def lend(self, data: bytes) -> Iterator[str]:
        """The blob id of these bytes, which `get` answers until the end of the block."""
        blob = hashlib.sha256(data).hexdigest()
        with self._lock:
            self._lenders.setdefault(blob, []).append(data)
        try:
            yield blob
        finally:
            with self._lock:
                self._lenders[blob].pop()
                if not self._lenders[blob]:
                    del self._lenders[blob]

    def get(self, blob: str) -> bytes | None:
        """The bytes, or None where nobody lends them."""
        with self._lock:
            lenders = self._lenders.get(blob)
            return lenders[0] if lenders else None
