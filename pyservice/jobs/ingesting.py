"""Taking originals in: proof that they decode, a thumb, and a memory for those that come again."""

from __future__ import annotations

from dataclasses import asdict

from pydantic import ValidationError

from pyservice import __version__
from pyservice.errors import CorruptBlob, NotFound
from pyservice.imaging import THUMB_VERSION, Limits, Sandbox, make_thumb
from pyservice.jobs.memory import Memory
from pyservice.jobs.results import Ingested
from pyservice.storage import BlobStore, blob_id

_PROOF_PX = 1600


class Ingester:
    """Takes bytes in, once each. Threads may share it."""

    def __init__(self, store: BlobStore, memory: Memory, sandbox: Sandbox, limits: Limits) -> None:
        self._store = store
        self._memory = memory
        self._sandbox = sandbox
        # Other limits may refuse what these took.
        self._why = (__version__, THUMB_VERSION, asdict(limits))

    def ingest(self, data: bytes) -> Ingested:
        """See Engine.ingest."""
        blob = blob_id(data)
        known = self._remembered(blob, data)
        if known is not None:
            return known
        decoded = self._sandbox.decode(data, _PROOF_PX)
        thumb = make_thumb(decoded.picture)
        made = Ingested(
            blob=blob,
            facts=decoded.facts,
            thumb=self._store.put(thumb.data),
            thumbhash=thumb.thumbhash,
            created=self._store.renew(blob, data),
        )
        self._memory.keep("ingested", blob, *self._why, record=made.model_dump(mode="json"))
        return made

    def _remembered(self, blob: str, data: bytes) -> Ingested | None:
        record = self._memory.recall("ingested", blob, *self._why)
        try:
            known = Ingested.model_validate({**(record or {}), "created": False})
            self._store.check(blob)
        except (ValidationError, NotFound):
            return None
        except CorruptBlob:
            self._store.delete(blob)
            return None
        if self._memory.renewed(blob, known.thumb) is None:
            return None
        self._store.renew(blob, data)
        return known
