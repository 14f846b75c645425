"""What was found out about a picture, kept under the name of that picture, so that it goes when the picture goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pyservice.errors import CorruptBlob, NotFound
from pyservice.jobs.lent import Lent
from pyservice.recipes import digest
from pyservice.storage import BlobStore

Kind = Literal["ingested", "result", "mask", "metrics", "check"]


class Memory:
    """Records about source blobs. Threads may share it."""

    def __init__(self, store: BlobStore, lent: Lent) -> None:
        self._store = store
        self._lent = lent

    def recall(self, kind: Kind, source: str, *why: object) -> dict[str, Any] | None:
        """What was kept about the source for these reasons (whatever decides the answer), or None."""
        return self._store.records.get(kind, _key(source, why))

    def keep(self, kind: Kind, source: str, *why: object, record: Mapping[str, Any]) -> None:
        """Keep a record about the source.

        Raises NotFound where the source was deleted meanwhile: what nobody would ever forget is not kept.
        """
        key = _key(source, why)
        self._store.records.put(kind, key, dict(record))
        if self._lent.get(source) is None and not self._store.exists(source):
            self._store.records.delete(kind, key)
            raise NotFound(f"Expected blob {source} in the store, it was deleted meanwhile")

    def renewed(self, source: str, *blobs: str) -> list[bytes] | None:
        """The bytes of what was kept about a source, touched as if just stored; None where some is gone or altered.

        What belongs to a lent original is not touched: nobody deletes it, and it shares its file with the user's.
        """
        try:
            data = [self._store.get(blob, checked=True) for blob in blobs]
        except NotFound:
            return None
        except CorruptBlob as error:
            # Somebody wrote into a result that shares its file with the store. It is made again.
            self._store.delete(str(error.details["blob"]))
            return None
        if self._lent.get(source) is None:
            for blob, content in zip(blobs, data, strict=True):
                self._store.renew(blob, content)
        return data


def _key(source: str, why: tuple[object, ...]) -> str:
    return f"{source}-{digest(*why)}"
