"""Taking originals in: proof that they decode, a thumb, and a memory for those that come again."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from pydantic import ValidationError

from pyservice import __version__
from pyservice.errors import CorruptBlob, NotFound
from pyservice.imaging import THUMB_PX, THUMB_VERSION, Facts, Limits, Sandbox, Thumb, make_thumb
from pyservice.jobs.memory import Memory
from pyservice.jobs.results import Ingested
from pyservice.storage import BlobStore, blob_id


@dataclass(frozen=True)
class _Fresh:
    """Bytes that decode, and are not kept yet."""

    blob: str
    data: bytes
    facts: Facts
    thumb: Thumb


# What is known already needs no keeping.
Proven = _Fresh | Ingested


class Ingester:
    """Takes bytes in, once each. Threads may share it."""

    def __init__(self, store: BlobStore, memory: Memory, sandbox: Sandbox, limits: Limits) -> None:
        self._store = store
        self._memory = memory
        self._sandbox = sandbox
        # Other limits may refuse what these took.
        self._why = (__version__, THUMB_VERSION, asdict(limits))

    def prove(self, data: bytes) -> Proven:
        """See Engine.prove."""
        blob = blob_id(data)
        known = self._remembered(blob, data)
        if known is not None:
            return known
        # Every byte is read, whatever the size it is decoded to.
        decoded = self._sandbox.decode(data, THUMB_PX)
        return _Fresh(blob, data, decoded.facts, make_thumb(decoded.picture))

    def keep(self, proven: Proven) -> Ingested:
        """See Engine.keep."""
        if isinstance(proven, Ingested):
            return proven
        made = Ingested(
            blob=proven.blob,
            facts=proven.facts,
            thumb=self._store.put(proven.thumb.data),
            thumbhash=proven.thumb.thumbhash,
            created=self._store.renew(proven.blob, proven.data),
        )
        self._memory.keep("ingested", proven.blob, *self._why, record=made.model_dump(mode="json"))
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
