"""Product masks with a memory: what the networks found is kept as a blob, so that sliders stay fast."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from pyservice.errors import CorruptBlob, NotFound
from pyservice.imaging import Picture, Plane
from pyservice.imaging.flatten import on_white
from pyservice.jobs.memory import Memory
from pyservice.models import AUTO, Sessions, find_product, refined
from pyservice.operations import MaskWish, ProductMask
from pyservice.storage import BlobStore

# Raise it when the same picture gives another mask than before.
_MASK_VERSION = 3


class MaskFinder:
    """Finds the product of a picture, by memory where it can."""

    def __init__(self, store: BlobStore, memory: Memory, sessions: Sessions) -> None:
        self._store = store
        self._memory = memory
        self._sessions = sessions

    def identity(self) -> list[str]:
        """What decides a mask besides the picture: the weights there are, by checksum, and the arithmetic."""
        rows = self._sessions.table.values()
        installed = [row.sha256 for row in rows if row.installed(self._sessions.models_dir)]
        return [*installed, self._sessions.options.precision]

    def find(self, source: str, picture: Picture, wish: MaskWish, history: str) -> ProductMask:
        """The mask at the picture's own size. `history` names the source blob and all that was done to it.

        Raises InvalidRecipe for an unknown model, ModelUnavailable for a missing one.
        """
        why = (_MASK_VERSION, history, wish.model, wish.refine, self._identity_of(wish.model))
        known = self._remembered(self._memory.recall("mask", source, *why), picture)
        if known is not None:
            return known
        # What transparency hides must not be found.
        seen = on_white(picture)
        found = find_product(seen, wish.model, self._sessions)
        plane = refined(seen, found.plane, wish.refine)
        blob = self._store.put(mask_png(plane))
        self._memory.keep("mask", source, *why, record={"blob": blob, "report": found.report})
        return ProductMask(plane, found.report, blob)

    def _identity_of(self, model: str) -> list[str]:
        row = self._sessions.table.get(model)
        return self.identity() if model == AUTO or row is None else [row.sha256, self._sessions.options.precision]

    def _remembered(self, record: dict[str, Any] | None, picture: Picture) -> ProductMask | None:
        if record is None:
            return None
        try:
            data = self._store.get(record["blob"], checked=True)
            report = dict(record["report"])
        except CorruptBlob:
            # Out of the way, so that what is found again is written anew.
            self._store.delete(record["blob"])
            return None
        except (NotFound, KeyError, TypeError):
            return None
        plane = mask_plane(data)
        if plane is None or plane.shape != (picture.height, picture.width):
            return None
        return ProductMask(plane, report, record["blob"])


def mask_plane(png: bytes) -> Plane | None:
    """The mask in PNG bytes, or None where they hold no picture."""
    plane = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_GRAYSCALE) if png else None
    return None if plane is None else np.asarray(plane, dtype=np.uint8)


def mask_png(plane: Plane) -> bytes:
    """A mask as PNG bytes, product = 255."""
    # Masks are flat: the fastest setting is nearly as small as the best.
    done, data = cv2.imencode(".png", plane, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    if not done:
        raise ValueError(f"Expected a mask that PNG can hold, received {plane.shape}")
    return data.tobytes()
