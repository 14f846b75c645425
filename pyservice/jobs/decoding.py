"""Stored and lent pictures, decoded in the sandbox; those of previews are kept for a while."""

from __future__ import annotations

from pyservice.imaging import Decoded, Sandbox
from pyservice.jobs.lent import Lent
from pyservice.jobs.recent import Recent
from pyservice.storage import BlobStore

# A dozen previews of a screen's size.
_MOST_BYTES = 96_000_000


class Decoder:
    """Blobs to pictures. Threads may share it."""

    def __init__(self, store: BlobStore, lent: Lent, sandbox: Sandbox) -> None:
        self._store = store
        self._lent = lent
        self._sandbox = sandbox
        self._recent: Recent[Decoded] = Recent(_MOST_BYTES, lambda decoded: decoded.picture.nbytes)

    def decoded(self, blob: str, max_px: int | None = None) -> Decoded:
        """See Engine.decoded."""
        lent = self._lent.get(blob)
        return self._sandbox.decode(self._store.get(blob, checked=True) if lent is None else lent, max_px)

    def remembered(self, blob: str, max_px: int | None = None) -> Decoded:
        """The same, by memory where it was asked for lately. Its file must still be there and sound."""
        known = self._recent.get((blob, max_px))
        if known is None:
            known = self.decoded(blob, max_px)
            self._recent.add((blob, max_px), known)
        elif self._lent.get(blob) is None:
            self._store.check(blob)
        return known
